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

addEventListener("keydown", (event) => {
  const { key, code, target, altKey, ctrlKey, metaKey, shiftKey } = event;
  // Where nothing but the page or a link has focus: a field needs its letters,
  // a scrollable listing its arrows.
  if (altKey || ctrlKey || metaKey || shiftKey) return;
  if (!(target as Element).matches("body, a")) return;
  // With Korean input on, the key says ㅓ, or nothing: then its place counts.
  const name = /^[!-~]$/.test(key) ? key : code;
  if (!name.startsWith("Arrow") && kept("keys")) return;
  document.querySelector<HTMLElement>(`[rel="${STEPS[name]}"]`)?.click();
});
