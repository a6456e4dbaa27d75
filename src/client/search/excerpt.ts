import { decompose } from "./korean.ts";

/** A text in pieces: what was found in it, and what is around it. */
export type Excerpt = { text: string; found: boolean }[];

const BEFORE_LENGTH = 40;
const LENGTH = 130;

/** Splits a text where the first pattern that it has is found in it. */
export function mark(text: string, patterns: readonly RegExp[]): Excerpt {
  const letters = lettersOf(text);
  const simple = letters.map(({ letter }) => letter).join("");
  const pattern = patterns.find((pattern) => simple.match(pattern));
  if (!pattern) return [{ text, found: false }];
  let from = 0;
  const pieces = [...simple.matchAll(pattern)].flatMap(
    ({ index, 0: match }) => {
      const start = Math.max(from, letters[index]!.at);
      const end = letters[index + match.length - 1]!.at + 1;
      const before = text.slice(from, start);
      from = end;
      return [
        { text: before, found: false },
        { text: text.slice(start, end), found: true },
      ];
    },
  );
  return [...pieces, { text: text.slice(from), found: false }].filter(
    ({ text }) => text,
  );
}

/** The letters of the simplified text, each with its place in the text. */
function lettersOf(text: string): { letter: string; at: number }[] {
  return text
    .split("")
    .flatMap((letter, at) =>
      [...decompose(letter).replace(/[^\p{L}\p{N}\p{M}]/gu, " ")].map(
        (letter) => ({ letter, at }),
      ),
    )
    .filter(
      ({ letter }, index, all) =>
        letter !== " " || all[index - 1]?.letter !== " ",
    );
}

/** Shortens a text to the surroundings of what was found first. */
export function shorten(excerpt: Excerpt): Excerpt {
  let room = LENGTH;
  return fromFirstFound(excerpt).flatMap(({ text, found }) => {
    if (room <= 0) return [];
    const kept =
      text.length <= room
        ? text
        : `${text.slice(0, room).replace(/[\s.]+\S*$/, "")}…`;
    room -= text.length;
    return [{ text: kept, found }];
  });
}

function fromFirstFound(excerpt: Excerpt): Excerpt {
  const [first, ...rest] = excerpt;
  if (!first || first.found || rest.length === 0) return excerpt;
  if (first.text.length <= BEFORE_LENGTH) return excerpt;
  const end = first.text.slice(-BEFORE_LENGTH).replace(/^\S*\s/, "");
  return [{ text: `…${end}`, found: false }, ...rest];
}
