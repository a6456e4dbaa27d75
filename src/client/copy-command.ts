import { showCopyButton } from "./copy-button.ts";

/** The first press of a button that copies: it copies by itself from then on. */
document.addEventListener("copy-command", (event) => {
  event.stopImmediatePropagation();
  const button = event.target as HTMLElement;
  button.ariaBusy = null;
  showCopyButton(button);
  button.click();
});
