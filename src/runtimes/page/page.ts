/** Measures the claim that its address names, and posts how that ended. */
import { measureHere } from "../../client/prove/measure-here.ts";
import { HUNG_AFTER_MS } from "../place.ts";

const asked = new URLSearchParams(location.search);
const controller = new AbortController();
let watchdog = 0;
const watch = () => {
  clearTimeout(watchdog);
  watchdog = window.setTimeout(
    () => controller.abort("stopped"),
    HUNG_AFTER_MS,
  );
};
watch();
const ended = await measureHere(
  asked.get("slug")!,
  { id: asked.get("id")!, runs: Number(asked.get("runs")) },
  watch,
  controller.signal,
);
await fetch(location.href, { method: "POST", body: JSON.stringify(ended) });
