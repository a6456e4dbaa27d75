/** Leads to the note that a key asks for: loaded with the first key. */
import { kept } from "./kept.ts";

/** `j` and `→` lead to the next note, `k` and `←` to the one before. */
const STEPS: Record<string, string> = {
  j: "next",
  KeyJ: "next",
  ArrowRight: "next",
  k: "prev",
  KeyK: "prev",
  ArrowLeft: "prev",
};

document.addEventListener("step", (event) => {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = (
    event as CustomEvent<KeyboardEvent>
  ).detail;
  if (altKey || ctrlKey || metaKey || shiftKey) return;
  // With Korean input on, the key says ㅓ, or nothing: then its place counts.
  const name = /^[!-~]$/.test(key) ? key : code;
  if (!name.startsWith("Arrow") && kept("keys")) return;
  document.querySelector<HTMLElement>(`[rel="${STEPS[name]}"]`)?.click();
});
