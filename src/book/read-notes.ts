import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { noteFile } from "./files.ts";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";
import type { Note, Notes } from "./note.ts";
import { parseNote } from "./parse-note.ts";

let notes: Notes | undefined;
const parsed = new Map<string, { source: string; note: Note }>();

/**
 * All notes of the book. A build reads them once; everywhere else a note may
 * have changed meanwhile, and what did is parsed again.
 *
 * @throws if a note does not parse
 */
export function readNotes(): Notes {
  if (notes && process.env["NODE_ENV"] === "production") return notes;
  const read = LANGUAGES.map((language) => {
    const files = noteFiles(language);
    return [language, new Map(files.map((of) => [of.slug, readNote(of)]))];
  });
  return (notes = Object.fromEntries(read) as Notes);
}

/** The notes' files of one language, sorted, before any is read. */
function noteFiles(
  language: Language,
): Pick<Note, "language" | "slug" | "file">[] {
  const paths = globSync(noteFile(language, "*")).sort();
  return paths.map((path) => ({
    language,
    slug: basename(path, ".mdx"),
    file: path.replaceAll("\\", "/"),
  }));
}

function readNote(of: Pick<Note, "language" | "slug" | "file">): Note {
  const source = readFileSync(of.file, "utf8");
  const known = parsed.get(of.file);
  if (known?.source === source) return known.note;
  const note = parseNote(source, of);
  parsed.set(of.file, { source, note });
  return note;
}
