import { alert, load } from "./load.ts";
import scheduler from "./scheduler.ts?worker&url";

/** Shows what begins a schedule; what it does is loaded when it is pressed. */
for (const root of document.querySelectorAll<HTMLElement>("[data-schedule]")) {
  const button = root.querySelector("button")!;
  button.hidden = false;
  button.onclick = () => {
    alert.remove();
    const data = fetch(root.dataset["schedule"]!).then((answer) =>
      answer.json(),
    );
    void Promise.all([data, load(scheduler)]).then(
      ([detail]) =>
        root.dispatchEvent(
          new CustomEvent("schedule", { bubbles: true, detail }),
        ),
      () => button.after(alert),
    );
  };
}
