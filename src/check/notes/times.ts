import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { atEach, atKey } from "./at.ts";

/** A time in prose is a claim, a number of the example, or explained. */
export function checkTimes(note: Note, { numbers }: Book): Finding[] {
  const known = numbers.get(note.slug);
  if (!known) return [];
  const explained = Object.keys(
    (note.frontmatter["times"] ?? {}) as Record<string, string>,
  );
  const written = new Set(note.times.map(({ text }) => text));
  const unwritten = explained.filter((text) => !written.has(text));
  return [
    ...atEach(note, note.times, ({ text, ms }) =>
      known.includes(ms) || explained.includes(text)
        ? undefined
        : `“${text}” is neither in a claim nor a number of the example: make the sentence a <Claim>, or say in the front matter where it comes from: times: { "${text}": reason }.`,
    ),
    ...unwritten.map((text) => {
      const message = `times: the text has no “${text}”: drop the entry.`;
      return atKey(note, "times", message);
    }),
  ];
}
