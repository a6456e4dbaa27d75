/** Closes the sheet of notes behind a link to a heading of the same page. */
const nav = document.querySelector<HTMLElement>("#nav");
nav?.addEventListener("click", () => nav.hidePopover());
