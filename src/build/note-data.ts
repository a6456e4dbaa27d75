import { noteFile } from "../book/files.ts";
import { getCollection, getEntry } from "astro:content";
import type { CollectionEntry } from "astro:content";
import { SLUGS } from "../book/parts.ts";
import type { Program } from "../book/programs.ts";
import { programOf, programsOf } from "../book/programs.ts";
import type { ClaimEvidence, Evidence } from "../book/evidence.ts";
import { proves } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import { readNotes } from "../book/read-notes.ts";
import { withComments } from "../book/comments.ts";
import { findNote } from "../book/links.ts";
import variantsText from "../content/variants.json?raw";
import { parseVariants } from "../book/variants.ts";
import type { TimelineLayout } from "../draw/timeline-layout.ts";
import { layoutTimeline } from "../draw/timeline-layout.ts";
import type { Drawn } from "./drawings.ts";
import { exampleSource } from "./sources.ts";

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

/** What the last recording of a program measured. */
export async function evidenceOf({
  id,
  slug,
  evidence,
}: Program): Promise<Evidence> {
  const entry = await getEntry("evidence", id);
  if (entry) return entry.data;
  throw new Error(`There is no ${evidence}. Record it: npm run record ${slug}`);
}

/** The program that a slug's note shows first. */
export function mainProgram(slug: string): Program {
  const [main] = programsOf(slug);
  if (main) return main;
  throw new Error(`There is no ${programOf(slug, "typescript").example}.`);
}

/** A program, with what its last recording measured. */
export interface Recorded {
  program: Program;
  evidence: Evidence;
}

/** Those of a slug's programs that prove a claim, the main one first. */
export async function provingPrograms(
  slug: string,
  id: string,
): Promise<[Recorded, ...Recorded[]]> {
  const all = await Promise.all(
    programsOf(slug).map(async (program) => ({
      program,
      evidence: await evidenceOf(program),
    })),
  );
  const [first, ...others] = all.filter(({ evidence }) => proves(evidence, id));
  if (first) return [first, ...others];
  const known = all.flatMap(({ evidence }) => Object.keys(evidence.claims));
  throw new Error(
    `${all.map(({ program }) => program.test).join(" and ")} recorded no claim “${id}”. Known are: ${known.join(", ")}.`,
  );
}

/** One claim of a slug's evidence, as the first program measured it. */
export async function claimOf(
  slug: string,
  id: string,
): Promise<ClaimEvidence> {
  const [{ program, evidence }] = await provingPrograms(slug, id);
  const claim = evidence.claims[id];
  if (claim) return claim;
  throw new Error(`No run measured “${id}” of ${program.example}.`);
}

/** Translates what example and test say in English, with the note's words. */
export function translator(entry: NoteEntry): (english: string) => string {
  const words = entry.data.words ?? {};
  return (english) => words[english] ?? english;
}

const { value: variants } = parseVariants(variantsText);

/** The tracks of a slug's programs that begin another variant. */
export function variantsOf(slug: string): readonly string[] {
  return variants[slug] ?? [];
}

/** A program's recorded run as its timeline shows it: each variant from its zero. */
export async function timelineOf(program: Program): Promise<TimelineLayout> {
  const evidence = await evidenceOf(program);
  return layoutTimeline(evidence, { variants: variantsOf(program.slug) });
}

/** What a note says of a drawing, and which note it is. */
export type DrawnOnPage = Pick<Drawn, "of" | "slug" | "language">;

/** What a drawing on a page needs. */
export async function drawnIn({
  of,
  slug,
  language,
}: DrawnOnPage): Promise<Drawn> {
  const evidence = await evidenceOf(programOf(slug, "typescript"));
  const translate = translator(await noteOf(language, slug));
  return { of, slug, language, evidence, translate };
}

/** A program as a page shows it: its comments in the page's language. */
export async function shownSource(
  language: Language,
  program: Program,
): Promise<string> {
  const { comments } = (await noteOf(language, program.slug)).data;
  const source = await exampleSource(program);
  return withComments(source, program.example, comments ?? {});
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
