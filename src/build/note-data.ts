import { noteFile } from "../book/files.ts";
import { getCollection, getEntry } from "astro:content";
import type { CollectionEntry } from "astro:content";
import { SLUGS } from "../book/parts.ts";
import type { ClaimEvidence, Evidence } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import { readNotes } from "../book/read-notes.ts";
import { findNote } from "../book/links.ts";

export type NoteEntry = CollectionEntry<"notes">;

/** A slug's note in one language. */
export async function noteOf(
  language: Language,
  slug: string,
): Promise<NoteEntry> {
  const entry = await getEntry("notes", `${language}/${slug}`);
  if (entry) return entry;
  throw new Error(
    `There is no ${noteFile(language, slug)}, but parts.json, a link or the other language names it.`,
  );
}

/** All notes of a language in reading order. */
export async function notesOf(language: Language): Promise<NoteEntry[]> {
  const entries = await getCollection("notes", ({ id }) =>
    id.startsWith(`${language}/`),
  );
  const bySlug = new Map(entries.map((entry) => [slugOf(entry), entry]));
  return SLUGS.flatMap((slug) => bySlug.get(slug) ?? []);
}

/** The slug in an entry's id. */
export function slugOf(entry: NoteEntry): string {
  return entry.id.split("/")[1]!;
}

/** What a slug's last recording measured. */
export async function evidenceOf(slug: string): Promise<Evidence> {
  const entry = await getEntry("evidence", slug);
  if (entry) return entry.data;
  throw new Error(
    `There is no evidence for “${slug}”. Record it: npm run record ${slug}`,
  );
}

/** One claim of a slug's evidence. */
export async function claimOf(
  slug: string,
  id: string,
): Promise<ClaimEvidence> {
  const { claims } = await evidenceOf(slug);
  const claim = claims[id];
  if (claim) return claim;
  throw new Error(
    `tests/claims/${slug}.test.ts recorded no claim “${id}”. It has: ${Object.keys(claims).join(", ")}.`,
  );
}

/** Translates what example and test say in English, with the note's words. */
export function translator(entry: NoteEntry): (english: string) => string {
  const words = entry.data.words ?? {};
  return (english) => words[english] ?? english;
}

/** The slugs of the notes that a note's text links to, without its own. */
export function linksOf(
  language: Language,
  slug: string,
  notes = readNotes(),
): Set<string> {
  const links = notes[language].get(slug)?.links ?? [];
  const slugs = new Set(
    links.flatMap(
      ({ target }) => findNote(notes, language, target)?.slug ?? [],
    ),
  );
  slugs.delete(slug);
  return slugs;
}

/** The slugs of the notes that link to a note, in reading order. */
export function backlinksOf(language: Language, slug: string): string[] {
  const notes = readNotes();
  return SLUGS.filter((other) => linksOf(language, other, notes).has(slug));
}
