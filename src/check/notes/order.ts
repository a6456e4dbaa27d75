import { noteFile, PARTS_FILE } from "../../book/files.ts";
import { asStrings } from "../../book/front-matter.ts";
import type { Language } from "../../book/languages.ts";
import { LANGUAGES } from "../../book/languages.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note, Notes } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atKey } from "./at.ts";

/** Every slug in reading order has a note, and stands there once. */
export function checkParts({ notes, unread, parts = [] }: Book): Finding[] {
  const file = PARTS_FILE;
  const slugs = parts.map(([slug]) => slug);
  return parts.flatMap(([slug, line], index) => {
    const hasNote = LANGUAGES.some((language) =>
      isThere(notes, unread, language, slug),
    );
    const message =
      slugs.indexOf(slug) !== index
        ? `“${slug}” stands here twice: drop one.`
        : hasNote
          ? undefined
          : `“${slug}” has no note: npm run new ${slug} after dropping it here, or drop it.`;
    return message === undefined ? [] : [{ file, line, message, slug }];
  });
}

/** Every note has its place in the reading order. */
export function checkPlace(note: Note, { parts }: Book): Finding[] {
  const slugs = parts?.map(([slug]) => slug);
  if (!slugs || slugs.includes(note.slug)) return [];
  const message = `${PARTS_FILE} lists no “${note.slug}”: add it to the part in which it is to be read. ${nearest(note.slug, slugs)}`;
  return [at(note, 1, message)];
}

/** Whether there is a note, though perhaps one that cannot be read. */
function isThere(
  notes: Notes,
  unread: ReadonlySet<string>,
  language: Language,
  slug: string,
): boolean {
  return notes[language].has(slug) || unread.has(noteFile(language, slug));
}

/** The notes to read first are there, and none needs the other in turn. */
export function checkNeeds(note: Note, { notes, unread }: Book): Finding[] {
  const { language } = note;
  return asStrings(note.frontmatter["needs"]).flatMap((slug) => {
    if (!isThere(notes, unread, language, slug)) {
      const message = `needs: there is no note “${slug}”. ${nearest(slug, [...notes[language].keys()])}`;
      return [atKey(note, "needs", message)];
    }
    const circle = pathTo(slug, note.slug, notes[note.language]);
    if (!circle) return [];
    const message = `needs: a circle: ${[note.slug, ...circle].join(" → ")}. Drop one of them.`;
    return [atKey(note, "needs", message)];
  });
}

/** The way from one slug along `needs` to another, if there is one. */
function pathTo(
  from: string,
  to: string,
  notes: ReadonlyMap<string, Note>,
  seen = new Set<string>(),
): string[] | undefined {
  if (from === to) return [from];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of asStrings(notes.get(from)?.frontmatter["needs"])) {
    const path = pathTo(next, to, notes, seen);
    if (path) return [from, ...path];
  }
  return undefined;
}
