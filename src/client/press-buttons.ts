import { kept } from "./kept.ts";
import { alert, load } from "./load.ts";

/**
 * Shows the buttons whose module is loaded when they are pressed. A link is one
 * as well, and leads to its page where the module does not load.
 */
for (const button of document.querySelectorAll<
  HTMLButtonElement & Partial<HTMLAnchorElement>
>("[data-press]")) {
  const { press, module, refused, program } = button.dataset;
  if (refused !== undefined && !crossOriginIsolated) {
    button.replaceWith(refused);
    continue;
  }
  const fail = () => {
    if (button.href) return location.assign(button.href);
    button.ariaBusy = null;
    button.after(alert);
  };
  button.hidden = false;
  // Until the module takes the button over: see `on-press.ts`.
  button.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    alert.remove();
    load(module!).then(
      () =>
        button.dispatchEvent(
          new CustomEvent(press!, { bubbles: true, detail: fail }),
        ),
      fail,
    );
  };
  // In a note, the program in the language that was chosen before.
  if (
    program !== undefined &&
    program === kept("program") &&
    !location.pathname.startsWith(button.pathname!)
  ) {
    button.click();
  }
}
