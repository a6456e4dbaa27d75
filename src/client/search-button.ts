import type { SearchDialog } from "./search/search-dialog.ts";
import searchDialog from "./search/search-dialog.ts?worker&url";

const link = document.querySelector<HTMLAnchorElement>("[data-search]")!;
const dialog = document.querySelector<SearchDialog>("dialog")!;

/**
 * Opens the search at once, so that no letter is lost, and loads what it does
 * and what it searches side by side. Without them, the list of notes has to do.
 */
function open(event: Event): void {
  event.preventDefault();
  dialog.showModal();
  if (dialog.data) return;
  // A link is its address where text is wanted.
  dialog.data = fetch(`${link}search.json`);
  import(/* @vite-ignore */ searchDialog).catch(() =>
    location.assign(link.href),
  );
}

link.addEventListener("click", open);
addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey } = event;
  // With Korean input on, the letter of the same key is ㅏ. The search's field
  // is the only one, and has the focus for a moment after it is closed.
  if (ctrlKey || metaKey ? /^[kㅏ]$/i.test(key) : key === "/" && !dialog.open) {
    open(event);
  }
});
