import { kept } from "./kept.ts";
import { alert, load } from "./load.ts";
import type { SearchDialog } from "./search/search-dialog.ts";
import searchDialog from "./search/search-dialog.ts?worker&url";

const link = document.querySelector<HTMLAnchorElement>("[data-search]")!;
const dialog = document.querySelector<SearchDialog>("dialog")!;

/**
 * Opens the search at once, so that no letter is lost, and loads what it does
 * and what it searches side by side. If they do not come, says so beside the
 * link, which opens the search anew.
 */
function open(event: Event): void {
  event.preventDefault();
  if (dialog.open) return dialog.close();
  dialog.showModal();
  if (dialog.data) return;
  alert.remove();
  // A link is its address where text is wanted.
  dialog.data = fetch(`${link}search.json`);
  Promise.all([dialog.data, load(searchDialog)]).catch(() => {
    delete dialog.data;
    dialog.close();
    link.after(alert);
  });
}

link.addEventListener("click", open);
addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey } = event;
  // With Korean input on, the letter of the same key is ㅏ. The search's field
  // is the only one, and has the focus for a moment after it is closed.
  const isAsked =
    ctrlKey || metaKey
      ? /^[kㅏ]$/i.test(key)
      : key === "/" && !dialog.open && !kept("keys");
  if (isAsked) open(event);
});
