/** The search: loaded when it is first opened, and not before. */
import type { Found } from "./find.ts";
import { find } from "./find.ts";
import { likelyNotes } from "./likely-notes.ts";
import type { SearchNote } from "../../build/search-note.ts";

/** What the site serves for the search, in one language. */
export interface SearchData {
  words: {
    title: string;
    field: string;
    close: string;
    /** With `{n}`. */
    found: string;
    /** With `{query}`. */
    none: string;
    allNotes: string;
    notLoaded: string;
  };
  /** All notes; where there are shards, without most of their text, or none. */
  notes: SearchNote[];
  /** How many shards of terms there are, where the text is loaded by query. */
  shards?: number;
}

/** The page's dialog, opened by `client/search-button.ts`. */
export interface SearchDialog extends HTMLDialogElement {
  /** What is searched: on its way since the first opening. */
  data?: Promise<Response>;
}

/** More than a reader looks through. */
const MOST_PLACES = 20;
/** Without a letter typed, before notes are loaded. */
const PAUSE_MS = 50;

// The policy bars style elements, and not sheets made by a script.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
dialog { width: min(42rem, 100% - 2rem); max-height: 80vh; margin-top: 8vh; border: 1px solid var(--line); border-radius: 0.7rem; background: var(--paper); color: inherit; }
dialog input { flex: 1; min-width: 0; font: inherit; padding: 0.2rem 0.5rem; background: var(--paper); color: inherit; border: 1px solid var(--soft); border-radius: 0.4rem; }
dialog .field { display: flex; gap: 0.6rem; }
dialog ol { list-style: none; margin: 0.6rem 0 0; padding: 0; }
dialog li a { display: block; padding: 0.5rem 0.7rem; color: inherit; text-decoration: none; border-radius: 0.5rem; }
dialog li a:is(:hover, :focus) { background: var(--raised); }
dialog li + li.lead { border-top: 1px solid var(--line); }
dialog small { display: block; color: var(--soft); font-size: 0.85rem; }
dialog li:not(.lead) { margin-left: 1rem; }
dialog mark { background: var(--wash); color: var(--ink); font-weight: 600; }
dialog .proven::before { content: "✓ " / ""; color: var(--proof); font-weight: 700; }
dialog p { margin: 0.8rem 0 0; color: var(--soft); font-size: 0.87rem; }
`);

const { href } = document.querySelector<HTMLAnchorElement>("[data-search]")!;
const searchDialog = document.querySelector<SearchDialog>("dialog")!;
// Whoever loads this module hears of a failure.
await start(searchDialog, href);

/**
 * Fills the dialog, which the page has opened.
 *
 * @param list the list of all notes; the notes' pages are below it
 * @throws if the data does not come
 */
async function start(dialog: SearchDialog, list: string): Promise<void> {
  const response = (await dialog.data)!;
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const { words, notes, shards } = (await response.json()) as SearchData;
  document.adoptedStyleSheets.push(sheet);
  dialog.setAttribute("aria-label", words.title);
  dialog.setAttribute("closedby", "any");
  const input = dialog.querySelector("input")!;
  input.placeholder = words.field;
  const status = create("p", { role: "status" });
  const results = create("ol");
  const close = create("button", { class: "btn" }, words.close);
  close.addEventListener("click", () => dialog.close());
  const all = create("a", { href: list }, words.allNotes);
  const bar = create("div", { class: "field" });
  input.replaceWith(bar);
  bar.append(input, close);
  dialog.append(status, results);
  input.focus();

  const show = (query: string, notes: SearchNote[], isAll: boolean) => {
    const found = query ? find(query, notes).slice(0, MOST_PLACES) : [];
    results.replaceChildren(
      ...found.map((place, index) =>
        item(place, list, place.note !== found[index - 1]?.note),
      ),
    );
    // Nothing yet: more is on its way.
    const isPending = found.length === 0 && !isAll;
    status.textContent =
      !query || isPending
        ? ""
        : found.length > 0
          ? words.found.replace("{n}", String(found.length))
          : words.none.replace("{query}", () => query);
    if (query && found.length === 0 && isAll) status.append(" ", all);
  };
  const load = shards && likelyNotes(list, shards);
  const loadAndShow = async (query: string) => {
    if (!load) return;
    try {
      const likely = await load(query);
      // Meanwhile another letter may have come.
      if (query !== input.value.trim()) return;
      const known = new Set(likely.map(({ slug }) => slug));
      const others = notes.filter(({ slug }) => !known.has(slug));
      show(query, [...likely, ...others], true);
    } catch {
      // Another letter asks again.
      status.textContent = words.notLoaded;
    }
  };
  let pause: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    const query = input.value.trim();
    show(query, notes, !load);
    clearTimeout(pause);
    pause = setTimeout(() => void loadAndShow(query), PAUSE_MS);
  };
  input.addEventListener("input", search);
  dialog.addEventListener("keydown", (event) => {
    const { key, isComposing, ctrlKey, metaKey, altKey } = event;
    // Closed, its field has the focus for a moment more.
    if (!dialog.open) return;
    // The page's own keys turn its pages.
    if (!ctrlKey && !metaKey) event.stopPropagation();
    // Enter and arrows belong to the Korean syllable while it is composed.
    if (isComposing) return;
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (key === "ArrowDown") {
      (links[at + 1] ?? links[at])?.focus();
    } else if (key === "ArrowUp" && at >= 0) {
      (links[at - 1] ?? input).focus();
    } else if (key === "Enter" && document.activeElement === input) {
      links[0]?.click();
    } else {
      if (key.length === 1 && at >= 0 && !ctrlKey && !metaKey && !altKey) {
        input.focus();
      }
      return;
    }
    event.preventDefault();
  });
  // A link to a heading of this very page leaves the dialog open.
  results.addEventListener("click", () => dialog.close());
  search();
}

function item(place: Found, list: string, first: boolean): HTMLElement {
  const { note, section, claim, excerpt } = place;
  const id = claim ? `claim-${claim}` : (section?.id ?? "");
  const page = new URL(`${note.slug}/`, list).pathname;
  const link = create("a", {
    href: page + (id && `#${encodeURIComponent(id)}`),
  });
  const title = section?.title
    ? `${note.title} › ${section.title}`
    : note.title;
  const text = create("small", claim ? { class: "proven" } : {});
  text.append(
    ...excerpt.map(({ text, found }) =>
      found ? create("mark", {}, text) : text,
    ),
  );
  link.append(create("span", {}, title), text);
  const row = create("li", first ? { class: "lead" } : {});
  row.append(link);
  return row;
}

function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  text = "",
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.textContent = text;
  return element;
}
