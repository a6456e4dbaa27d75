import type { Note, Section } from "../../book/note.ts";
import { FOOTNOTES_ID } from "../../book/note.ts";

/** A note as the search gets it. */
export interface SearchNote {
  slug: string;
  title: string;
  /** What else it is called, in either language. */
  names: string[];
  definition: string;
  sections: Section[];
}

/**
 * What the search gets of a note.
 *
 * @param twin the note in the other language, so that both languages' names
 *   find it
 * @param footnotes the heading over the footnotes
 */
export function searchNote(
  note: Note,
  twin: Note,
  footnotes: string,
): SearchNote {
  const { slug, title, frontmatter } = note;
  const term = String(frontmatter["term"] ?? "");
  const names = [term, ...note.aliases, twin.title, ...twin.aliases];
  return {
    slug,
    title,
    definition: String(frontmatter["definition"]),
    names: [...new Set(names)].filter((name) => name && name !== title),
    sections: note.sections.map((section) =>
      section.id === FOOTNOTES_ID ? { ...section, title: footnotes } : section,
    ),
  };
}
