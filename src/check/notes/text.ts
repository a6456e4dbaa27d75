import type { Note } from "../../book/note.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

const FEWEST_WORDS = 400;
const MOST_WORDS = 900;

/** No level of headings is left out. */
export function checkHeadings(note: Note): Finding[] {
  let above = 1;
  return atEach(note, note.headings, ({ depth, text }) => {
    const expected = Math.max(2, Math.min(depth, above + 1));
    above = depth;
    if (depth === expected) return undefined;
    return `The heading “${text}” is of level ${depth}: make it level ${expected}.`;
  });
}

/** A note is as long as one reads in one sitting. */
export function checkLength(note: Note): Finding[] {
  const words = countWords(note.prose);
  if (words >= FEWEST_WORDS && words <= MOST_WORDS) return [];
  const message = `The note has ${words} words: ${FEWEST_WORDS} to ${MOST_WORDS} can be read in one sitting and still teach.`;
  return [at(note, 1, message)];
}

/** Words as `wc -w` counts them: what white space parts. */
function countWords(prose: string): number {
  return prose.split(/\s+/).filter((word) => word !== "").length;
}

/** Every picture says what it shows to those who do not see it. */
export function checkImages(note: Note): Finding[] {
  return note.wordlessImages.map((line) =>
    at(note, line, "A picture has no words: ![what it shows](address)."),
  );
}
