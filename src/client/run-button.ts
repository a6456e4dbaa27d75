import { alert, load } from "./load.ts";
import runPanel from "./run/run-panel.ts?worker&url";

/** Shows the Run buttons; what they do is loaded when one is pressed. */
for (const button of document.querySelectorAll<HTMLButtonElement>(
  "[data-run]",
)) {
  const { refused, run } = button.dataset;
  if (refused !== undefined && !crossOriginIsolated) {
    const reason = document.createElement("small");
    reason.textContent = refused;
    button.replaceWith(reason);
    continue;
  }
  button.hidden = false;
  // Until the panel takes the button over.
  button.onclick = () => {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    alert.remove();
    // Where a server answers with an error page, that is no JSON.
    const data = fetch(run!).then((response) => response.json());
    void Promise.all([data, load(runPanel)])
      .then(
        ([detail]) =>
          button.dispatchEvent(
            new CustomEvent("press", { bubbles: true, detail }),
          ),
        () => button.after(alert),
      )
      .then(() => (button.ariaBusy = null));
  };
}
