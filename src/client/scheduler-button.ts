import scheduler from "./scheduler.ts?worker&url";

/** Shows what begins a schedule; what it does is loaded when it is pressed. */
for (const root of document.querySelectorAll<HTMLElement>("[data-schedule]")) {
  const button = root.querySelector("button")!;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await import(/* @vite-ignore */ scheduler);
      const response = await fetch(root.dataset["schedule"]!);
      const detail = (await response.json()) as unknown;
      root.dispatchEvent(
        new CustomEvent("schedule", { bubbles: true, detail }),
      );
    } catch {
      button.disabled = false;
      button.textContent = root.dataset["failed"]!;
    }
  });
}
