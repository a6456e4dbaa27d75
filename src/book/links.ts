import type { Language } from "./languages.ts";
import { nearest } from "./nearest.ts";
import type { Note, Notes, WikiLink } from "./note.ts";

/**
 * A link's address as a wiki-link's target, if it is one: every address
 * without a scheme that does not start with `/`, `#` or `.`.
 */
export function asWikiLink(url: string): Omit<WikiLink, "line"> | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|[/#.]|$)/i.test(url)) return undefined;
  const [target = "", fragment] = decode(url).split("#", 2);
  return { target, fragment };
}

function decode(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** All that a wiki-link may call a note. */
export function namesOf({ slug, title, aliases }: Note): string[] {
  return [slug, title, ...aliases];
}

/** Whether two names are one, small and capital letters being the same. */
function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The note that a slug, a title or an alias names, in one language. */
export function findNote(
  notes: Notes,
  language: Language,
  target: string,
): Note | undefined {
  const bySlug = notes[language].get(target);
  if (bySlug) return bySlug;
  return [...notes[language].values()].find((note) =>
    namesOf(note).some((name) => isSameName(name, target)),
  );
}

/**
 * Says what is wrong with a wiki-link and what could be meant; nothing if it
 * leads to a note, and to a heading of it where it names one.
 */
export function brokenLink(
  notes: Notes,
  language: Language,
  { target, fragment }: Pick<WikiLink, "target" | "fragment">,
): string | undefined {
  const note = findNote(notes, language, target);
  if (!note) {
    const known = [...notes[language].values()].flatMap(namesOf);
    return `[[${target}]] leads to no note in “${language}”. ${nearest(target, known)}`;
  }
  if (fragment === undefined) return undefined;
  const ids = note.headings.map(({ id }) => id);
  if (ids.includes(fragment)) return undefined;
  return `[[${target}#${fragment}]] names no heading of ${note.file}. ${nearest(fragment, ids)}`;
}

/**
 * What a wiki-link shows that has no words of its own; nothing if it has some.
 * Who writes out a title has chosen its first letter, too.
 */
export function shownFor(
  { target, fragment }: Pick<WikiLink, "target" | "fragment">,
  written: string,
  note: Note,
  notes: Notes,
): string | undefined {
  const bare = fragment === undefined ? target : `${target}#${fragment}`;
  const isTitle = target !== note.slug && isSameName(target, note.title);
  return written === bare && !isTitle ? withinSentence(note, notes) : undefined;
}

/**
 * A note's title as it stands in the middle of a sentence. Its English term,
 * which stands in the note in Korean, says whether it keeps its capital:
 * "Event loop" has the term "event loop"; that of "Linux" is no smaller.
 */
export function withinSentence({ title, slug }: Note, { ko }: Notes): string {
  const term = ko.get(slug)?.frontmatter["term"];
  const isCommon = typeof term === "string" && /^[a-z]/.test(term);
  return isCommon ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
