import { slug } from "github-slugger";
import { bundledLanguages } from "shiki/langs";
import type { Language } from "../../book/languages.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

/** No two headings have one id: the second would get a number. */
export function checkHeadingIds(note: Note): Finding[] {
  const ids = note.headings.map(({ text }) => slug(text));
  return atEach(note, note.headings, ({ text }, index) =>
    ids.indexOf(ids[index]!) === index
      ? undefined
      : `The heading “${text}” stands twice: name one otherwise, or a link to it would depend on their order.`,
  );
}

const FEWEST_WORDS = 400;
const MOST_WORDS = 1000;

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

const LAST_HEADING: Record<Language, string> = { en: "In short", ko: "정리" };

/** A note ends with what a reader takes home. */
export function checkLastHeading(note: Note): Finding[] {
  const heading = LAST_HEADING[note.language];
  const last = note.headings.at(-1);
  if (last?.text === heading && last.depth === 2) return [];
  const message = `A note ends with “## ${heading}”: two or three lines, or a table, that a reader takes home.`;
  return [at(note, last?.line ?? 1, message)];
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

/** Shiki colours these, and leaves what is plain. */
const CODE_LANGUAGES = ["text", ...Object.keys(bundledLanguages)];

/** Every block of code is in a language that the build can colour. */
export function checkCodeLanguages(note: Note): Finding[] {
  return atEach(note, note.code, ({ language = "text" }) =>
    CODE_LANGUAGES.includes(language)
      ? undefined
      : `“${language}” is no language of code. ${nearest(language, CODE_LANGUAGES)} Plain text is \`\`\`text.`,
  );
}

/** Every picture says what it shows to those who do not see it. */
export function checkImages(note: Note): Finding[] {
  return note.wordlessImages.map((line) =>
    at(note, line, "A picture has no words: ![what it shows](address)."),
  );
}
