import { alert, load } from "./load.ts";
import runPanel from "./run/run-panel.ts?worker&url";

/** Shows the Run buttons; what they do is loaded when one is pressed. */
for (const button of document.querySelectorAll<HTMLButtonElement>(
  "[data-run]",
)) {
  const { refused } = button.dataset;
  if (refused !== undefined && !crossOriginIsolated) {
    button.replaceWith(refused);
    continue;
  }
  const fail = () => {
    button.ariaBusy = null;
    button.after(alert);
  };
  button.hidden = false;
  // Until the panel takes the button over.
  button.onclick = () => {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    alert.remove();
    load(runPanel).then(
      () =>
        button.dispatchEvent(
          new CustomEvent("press", { bubbles: true, detail: fail }),
        ),
      fail,
    );
  };
}
