/** `j` and `→` lead to the next note, `k` and `←` to the one before. */
const STEPS: Record<string, string> = {
  j: "next",
  ArrowRight: "next",
  k: "prev",
  ArrowLeft: "prev",
};

addEventListener("keydown", (event) => {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
  // Where nothing but the page or a link has focus: a field needs its letters,
  // a scrollable listing its arrows.
  if (altKey || ctrlKey || metaKey || shiftKey) return;
  if (!(target as Element).matches("body, a")) return;
  document.querySelector<HTMLElement>(`[rel="${STEPS[key]}"]`)?.click();
});
