import type { Note } from "../../book/note.ts";
import type { Finding } from "../finding.ts";
import { atEach } from "./at.ts";

/** Every footnote is there once, and referred to. */
export function checkFootnotes(note: Note): Finding[] {
  const defined = note.footnotes.map(({ id }) => id);
  const used = new Set(note.references.map(({ id }) => id));
  return [
    ...atEach(note, note.references, ({ id }) =>
      defined.includes(id)
        ? undefined
        : `The footnote [^${id}] is missing: add “[^${id}]: …”.`,
    ),
    ...atEach(note, note.footnotes, ({ id }, index) => {
      if (defined.indexOf(id) !== index)
        return `The footnote [^${id}] stands twice: drop one, or name it otherwise.`;
      if (!used.has(id))
        return `Nothing refers to the footnote [^${id}]: use or drop it.`;
      return undefined;
    }),
  ];
}
