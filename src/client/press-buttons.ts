import { alert, load } from "./load.ts";
import home from "./run/run-home.ts?worker&url";
import run from "./run/run-panel.ts?worker&url";
import prove from "./prove/prove-panel.ts?worker&url";
import schedule from "./scheduler.ts?worker&url";

const modules: Record<string, string> = { home, prove, run, schedule };

/** Shows the buttons whose module is loaded when they are pressed. */
for (const button of document.querySelectorAll<HTMLButtonElement>(
  "[data-press]",
)) {
  const { press, refused } = button.dataset;
  if (refused !== undefined && !crossOriginIsolated) {
    button.replaceWith(refused);
    continue;
  }
  const fail = () => {
    button.ariaBusy = null;
    button.after(alert);
  };
  button.hidden = false;
  // Until the module takes the button over: see `on-press.ts`.
  button.onclick = () => {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    alert.remove();
    load(modules[press!]!).then(
      () =>
        button.dispatchEvent(
          new CustomEvent(press!, { bubbles: true, detail: fail }),
        ),
      fail,
    );
  };
}
