import runPanel from "./run/run-panel.ts?worker&url";

/** Shows the Run buttons; what they do is loaded when one is pressed. */
for (const button of document.querySelectorAll<HTMLButtonElement>(
  "[data-run]",
)) {
  const { refused } = button.dataset;
  if (refused !== undefined && !crossOriginIsolated) {
    const reason = document.createElement("small");
    reason.textContent = refused;
    button.replaceWith(reason);
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    // By its address: with a plain import() Vite would put 1 KB of its own
    // preloading into every page. Built so, a module exports nothing, hence
    // the event.
    await import(/* @vite-ignore */ runPanel);
    button.dispatchEvent(new Event("press", { bubbles: true }));
  });
}
