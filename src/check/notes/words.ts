import type { Evidence } from "../../book/evidence.ts";
import { TO_WRITE } from "../../book/to-write.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { atKey } from "./at.ts";

/** In Korean, every word of example and test that the page shows has its own. */
export function checkWords(note: Note, { evidence }: Book): Finding[] {
  const recorded = evidence.get(note.slug);
  if (note.language === "en") {
    if (note.frontmatter["words"] === undefined) return [];
    const message = "words: only a note in Korean has them: drop the key.";
    return [atKey(note, "words", message)];
  }
  if (!recorded) return [];
  const words = Object.keys(
    (note.frontmatter["words"] ?? {}) as Record<string, string>,
  );
  const shown = new Set([
    ...recorded.flatMap(({ spans, points }) =>
      [...spans, ...points].flatMap(({ name, track }) => [name, track ?? name]),
    ),
    ...recorded
      .flatMap(({ claims, inEveryOrder }) => [
        ...Object.values(claims),
        ...Object.values(inEveryOrder),
      ])
      .flatMap(({ figure, controls }) => [
        figure,
        ...Object.keys(controls),
        ...Object.values(controls).map(({ leavesOut }) => leavesOut),
      ]),
    ...recorded.flatMap(toldSteps),
  ]);
  const missing = [...shown]
    // What is still to be written has no Korean yet.
    .filter((word) => !words.includes(word) && !word.includes(TO_WRITE))
    .map((word) => `“${word}”`);
  return [
    ...(missing.length > 0
      ? [`words: the page shows ${missing.join(", ")}: add the Korean.`]
      : []),
    ...words
      .filter((word) => !shown.has(word))
      .map((word) => `words: the page shows no “${word}”: drop the entry.`),
  ].map((message) => atKey(note, "words", message));
}

/** What tasks do in an order, where their test tells it in words of its own. */
function toldSteps({ inEveryOrder }: Evidence): string[] {
  const known = ["goes on", "read", "write"];
  return Object.values(inEveryOrder)
    .flatMap(({ subject, controls }) => [subject, ...Object.values(controls)])
    .flatMap(({ witness = [], places = [] }) => [
      ...witness,
      ...places.flatMap(({ next }) => next.map(({ step }) => step)),
    ])
    .flatMap((step) => [step, ...(step.also ?? [])])
    .filter(({ kind, cell }) => cell === undefined && !known.includes(kind))
    .map(({ kind }) => kind);
}
