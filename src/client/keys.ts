import steps from "./steps.ts?worker&url";

addEventListener("keydown", (event) => {
  // Where nothing but the page or a link has focus: a field needs its letters,
  // a scrollable listing its arrows.
  if (!(event.target as Element).matches("body, a")) return;
  import(/* @vite-ignore */ steps).then(
    () => document.dispatchEvent(new CustomEvent("step", { detail: event })),
    // Where it does not load, neither would another note.
    () => {},
  );
});
