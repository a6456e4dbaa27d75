/** The search: loaded when it is first opened, and not before. */
import type { Found } from "./find.ts";
import { keep, kept } from "../kept.ts";
import { didYouMean, find } from "./find.ts";
import { likelyNotes, readJson } from "./likely-notes.ts";
import type { SearchNote } from "./search-note.ts";

/** What the site serves for the search, in one language. */
export interface SearchData {
  words: {
    title: string;
    field: string;
    close: string;
    /** With `{n}`. */
    found: string;
    /** With `{query}` and `{meant}`. */
    mended: string;
    /** With `{query}`. */
    none: string;
    /** Beside the switch for keys without a modifier. */
    keys: string;
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
dialog .field { position: sticky; top: 0; display: flex; gap: 0.6rem; background: var(--paper); }
dialog ol { list-style: none; margin: 0.6rem 0 0; padding: 0; }
dialog li a { display: block; padding: 0.5rem 0.7rem; color: inherit; text-decoration: none; border-radius: 0.5rem; }
dialog li a:is(:hover, :focus), dialog:has(input:focus) li:first-child a { background: var(--raised); }
dialog li + li.lead { border-top: 1px solid var(--line); }
dialog small { display: block; color: var(--soft); font-size: 0.85rem; }
dialog li:not(.lead) { margin-left: 1rem; }
dialog mark { background: var(--wash); color: var(--ink); font-weight: 600; }
dialog .proven::before { content: "✓ " / ""; color: var(--proof); font-weight: 700; }
dialog label { display: block; margin-top: 1rem; font-size: 0.85rem; color: var(--soft); }
dialog label input { flex: none; }
dialog p { margin: 0.8rem 0 0; color: var(--soft); font-size: 0.87rem; }
`);

const { href: home } =
  document.querySelector<HTMLAnchorElement>("[data-search]")!;
const dialog = document.querySelector<SearchDialog>("dialog")!;
const input = dialog.querySelector("input")!;
const status = create("p", { role: "status" });
const results = create("ol");
// Whoever loads this module hears of a failure.
await start();

/** Fills the dialog, which the page has opened. */
async function start(): Promise<void> {
  const data = (await readJson((await dialog.data)!)) as SearchData;
  build(data.words);
  const search = searchIn(data);
  input.addEventListener("input", search);
  dialog.addEventListener("keydown", onKey);
  // A link to a heading of this very page leaves the dialog open.
  results.addEventListener("click", () => dialog.close());
  search();
}

function build(words: SearchData["words"]): void {
  document.adoptedStyleSheets.push(sheet);
  dialog.setAttribute("aria-label", words.title);
  dialog.setAttribute("closedby", "any");
  input.placeholder = words.field;
  const button = create("button", { class: "btn" }, words.close);
  button.addEventListener("click", () => dialog.close());
  const bar = create("div", { class: "field" });
  input.replaceWith(bar);
  bar.append(input, button);
  dialog.append(status, results, keySwitch(words.keys));
  input.focus();
}

/** WCAG 2.1.4: who dictates, or trembles, can turn single keys off. */
function keySwitch(text: string): HTMLElement {
  const label = create("label");
  const box = create("input", { type: "checkbox" });
  box.checked = !kept("keys");
  box.addEventListener("change", () => keep("keys", box.checked ? "" : "off"));
  label.append(box, " ", text);
  return label;
}

/** What is to be done after each letter: searches what is there, then the rest. */
function searchIn({ words, notes, shards }: SearchData): () => void {
  const load = shards && likelyNotes(home, shards);
  const showLikely = (query: string, likely: SearchNote[]) => {
    // Meanwhile another letter may have come.
    if (query !== input.value.trim()) return;
    // Whoever is in the list already would lose the place.
    if (results.contains(document.activeElement)) return;
    const known = new Set(likely.map(({ slug }) => slug));
    const others = notes.filter(({ slug }) => !known.has(slug));
    show(query, [...likely, ...others], words, true);
  };
  let pause: ReturnType<typeof setTimeout> | undefined;
  return () => {
    const query = input.value.trim();
    show(query, notes, words, !load);
    if (!load) return;
    clearTimeout(pause);
    pause = setTimeout(() => {
      // Another letter asks again.
      load(query).then(
        (likely) => showLikely(query, likely),
        () => (status.textContent = words.notLoaded),
      );
    }, PAUSE_MS);
  };
}

/** @param isAll whether no more notes are on their way */
function show(
  query: string,
  notes: SearchNote[],
  words: SearchData["words"],
  isAll: boolean,
): void {
  const all = find(query, notes);
  const found = all.slice(0, MOST_PLACES);
  results.replaceChildren(
    ...found.map((place, index) =>
      item(place, place.note !== found[index - 1]?.note),
    ),
  );
  status.textContent = "";
  if (found.length > 0) {
    const more = all.length > found.length ? "+" : "";
    const meant = didYouMean(query, notes);
    const mended = meant
      ? `${words.mended.replace("{query}", () => query).replace("{meant}", () => meant)} `
      : "";
    status.textContent =
      mended + words.found.replace("{n}", `${found.length}${more}`);
  } else if (query && isAll) {
    const list = create("a", { href: home }, words.allNotes);
    const none = words.none.replace("{query}", () => query);
    status.append(none, " ", list);
  }
}

function onKey(event: KeyboardEvent): void {
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
}

function item(place: Found, isLead: boolean): HTMLElement {
  const { note, section, claim, excerpt } = place;
  const id = claim ? `claim-${claim}` : (section?.id ?? "");
  const hash = id && `#${encodeURIComponent(id)}`;
  const link = create("a", { href: `${home}${note.slug}/${hash}` });
  const title = section?.title
    ? `${note.title} › ${section.title}`
    : note.title;
  const text = create("small", { class: claim ? "proven" : "" });
  text.append(
    ...excerpt.map(({ text, found }) =>
      found ? create("mark", {}, text) : text,
    ),
  );
  link.append(create("span", {}, title), text);
  const row = create("li", { class: isLead ? "lead" : "" });
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
