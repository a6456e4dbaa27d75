import searchDialog from "../search/search-dialog.ts?worker&url";

const link = document.querySelector<HTMLAnchorElement>("[data-search]")!;
const dialog = document.querySelector<HTMLDialogElement>("#search")!;
let asked = false;

/**
 * Opens the search at once, so that no letter is lost, and loads what it does
 * and what it searches side by side. Without them, the list of notes has to do.
 */
async function open(event: Event): Promise<void> {
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
  if (asked) return;
  asked = true;
  const { href } = link;
  const url = new URL(link.dataset["search"]!, href).href;
  const data = fetch(url);
  try {
    await Promise.all([import(/* @vite-ignore */ searchDialog), data]);
    const detail = { url, data, list: href };
    dialog.dispatchEvent(new CustomEvent("search", { detail, bubbles: true }));
  } catch {
    location.assign(href);
  }
}

link.role = "button";
link.addEventListener("click", open);
addEventListener("keydown", (event) => {
  const { key, code, ctrlKey, metaKey, target } = event;
  // By its place too: with Korean input on, the key's letter is ㅏ.
  if (
    ctrlKey || metaKey
      ? key === "k" || code === "KeyK"
      : key === "/" && !(target as Element).closest("input, select, textarea")
  ) {
    void open(event);
  }
});
