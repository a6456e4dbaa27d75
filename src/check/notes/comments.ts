import { fitted } from "../../book/comments.ts";
import { asTexts } from "../../book/front-matter.ts";
import type { Note } from "../../book/note.ts";
import { TO_WRITE } from "../../book/to-write.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { atKey } from "./at.ts";

/** In Korean, every paragraph of a program's comments has its translation. */
export function checkComments(note: Note, { paragraphs }: Book): Finding[] {
  const key = "comments";
  if (note.language === "en") {
    if (note.frontmatter[key] === undefined) return [];
    const message = "comments: only a note in Korean has them: drop the key.";
    return [atKey(note, key, message)];
  }
  const shown = paragraphs.get(note.slug);
  if (!shown) return [];
  const comments = asTexts(note.frontmatter[key]);
  const texts = new Set(shown.map(({ text }) => text));
  const missing = [...texts]
    // What is still to be written has no Korean yet.
    .filter((text) => !comments.has(text) && !text.includes(TO_WRITE))
    .map((text) => `“${text}”`);
  const tooLong = shown.flatMap((paragraph) => {
    const korean = comments.get(paragraph.text);
    if (korean === undefined || fitted(korean, paragraph)) return [];
    return `“${korean}” is too long for the place of “${paragraph.text}” (lines: ${paragraph.lines.length}): shorten it.`;
  });
  const unused = [...comments.keys()]
    .filter((text) => !texts.has(text))
    .map((text) => `no program says “${text}”: drop the entry.`);
  return [
    ...(missing.length > 0
      ? [`the programs say ${missing.join(", ")}: add the Korean.`]
      : []),
    ...tooLong,
    ...unused,
  ].map((message) => atKey(note, key, `comments: ${message}`));
}
