import { nearest } from "../../book/nearest.ts";
import { noteSchema } from "../../book/note-schema.ts";
import type { Note } from "../../book/note.ts";
import type { Finding } from "../finding.ts";
import { at, atKey } from "./at.ts";

/** How each key of the front matter is written. */
const FORMS: Record<keyof typeof noteSchema.shape, string> = {
  title: "title: Busy waiting",
  term: "term: busy waiting",
  definition: "definition: One sentence.",
  needs: "needs: [latency], or []",
  aliases: "aliases: [another name], or []",
  words: "words: { busy wait: 바쁜 대기 }",
  comments: "comments: { seconds: 초 }",
  times: 'times: { "300 ms": why }',
};

/** The front matter has the keys that a note needs, and no others. */
export function checkFrontmatter(note: Note): Finding[] {
  const parsed = noteSchema.safeParse(note.frontmatter);
  const findings = (parsed.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const message = `Front matter: there is no key “${key}”. ${nearest(key, Object.keys(FORMS))}`;
        return atKey(note, key, message);
      });
    }
    const key = String(issue.path[0]) as keyof typeof FORMS;
    const fault = note.keyLines.has(key)
      ? `“${issue.path.join(".")}” is wrong (${issue.message})`
      : `“${key}” is missing`;
    return [atKey(note, key, `Front matter: ${fault}: write ${FORMS[key]}.`)];
  });
  findings.push(
    ...[...curlyQuotes(note.frontmatter)].map(([key, text]) => {
      const message = `Front matter: ${text} has curly quotes around it, and they would be shown: write straight ones ("…"), or none.`;
      return atKey(note, key, message);
    }),
  );
  const isKorean = /\p{Script=Hangul}/u.test(note.title);
  if (isKorean && note.frontmatter["term"] === undefined) {
    findings.push(
      at(note, 1, `Front matter: “term” is missing: write ${FORMS.term}.`),
    );
  }
  return findings;
}

/** The first text under each key that stands in curly quotes. */
function curlyQuotes(
  frontmatter: Readonly<Record<string, unknown>>,
): Map<string, string> {
  const isCurly = (text: string) => /^[“”‘’].*[“”‘’]$/s.test(text);
  return new Map(
    Object.entries(frontmatter).flatMap(([key, value]): [string, string][] => {
      const texts = [value].flat().flatMap(textsIn);
      const curly = texts.find(isCurly);
      return curly === undefined ? [] : [[key, curly]];
    }),
  );
}

/** A text itself, or the keys and texts of a mapping. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .flat()
    .filter((text) => typeof text === "string");
}
