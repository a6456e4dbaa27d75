import stringWidth from "string-width";
import { commentsIn } from "./source.ts";

/** Columns of a program at the most: they fit beside the text, and on a phone. */
export const MAX_COLUMNS = 80;

/** A paragraph of a comment. */
export interface Paragraph {
  /** What it says, without the signs and breaks of its lines. */
  text: string;
  /** The index of its first line in the file. */
  at: number;
  lines: Line[];
}

/** A line of a comment: what it says, and what stands around that. */
interface Line {
  before: string;
  words: string;
  behind: string;
}

/**
 * The paragraphs of a program's comments. Lines further in, like a command, are
 * none: they stay as they are in every language.
 */
export function paragraphsIn(source: string, file: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | undefined;
  for (const [at, line] of commentLines(source, file)) {
    if (line.words === "" || /^\s/.test(line.words)) {
      open = undefined;
    } else if (open && open.at + open.lines.length === at && goesOn(line)) {
      open.lines.push(line);
      open.text += ` ${line.words}`;
    } else {
      open = { text: line.words, at, lines: [line] };
      paragraphs.push(open);
    }
  }
  return paragraphs;
}

/** Whether a line may go on with a paragraph that another has begun. */
function goesOn({ before }: Line): boolean {
  return /^\s*(?:\*|\/\/|#)?\s*$/.test(before);
}

function commentLines(source: string, file: string): [at: number, Line][] {
  const lines = source.split("\n");
  return commentsIn(source, file).flatMap(({ text, index }) => {
    const above = source.slice(0, index).split("\n");
    const [first, indent] = [above.length - 1, above.at(-1)!];
    return text.split("\n").map((told, nth): [number, Line] => {
      const code = nth === 0 ? indent : "";
      const sign =
        nth === 0
          ? "(?:/\\*+|//|#|\"\"\"|''') ?"
          : ` {0,${indent.length + 1}}(?:\\*(?!/) ?)?`;
      const [, begins, words, ends] = new RegExp(
        `^(${sign})([^]*?)(\\s*(?:\\*/|"""|''')?)$`,
      ).exec(told) as unknown as [string, string, string, string];
      const rest = lines[first + nth]!.slice(code.length + told.length);
      return [
        first + nth,
        { before: code + begins, words, behind: ends + rest },
      ];
    });
  });
}

/**
 * A program with comments in another language, line for line: what a page says
 * of a line by its number stays true.
 *
 * @param translated by what a paragraph says; one without stays as it is
 */
export function withComments(
  source: string,
  file: string,
  translated: Readonly<Record<string, string>>,
): string {
  const lines = source.split("\n");
  for (const paragraph of paragraphsIn(source, file)) {
    if (!Object.hasOwn(translated, paragraph.text)) continue;
    const text = translated[paragraph.text]!;
    const told = fitted(text, paragraph) ?? [text];
    for (const [nth, { before, behind }] of paragraph.lines.entries()) {
      lines[paragraph.at + nth] =
        `${before}${told[nth] ?? ""}${behind}`.trimEnd();
    }
  }
  return lines.join("\n");
}

/**
 * A text in as many lines as a paragraph has, all about as long.
 *
 * @returns nothing if it does not fit
 */
export function fitted(
  text: string,
  { lines }: Pick<Paragraph, "lines">,
): string[] | undefined {
  const room = lines.map(
    ({ before, behind }) => MAX_COLUMNS - stringWidth(before + behind),
  );
  // No narrower than what the breaks leave, shared by all lines.
  const least = Math.floor((stringWidth(text) + 1) / lines.length) - 1;
  for (let width = least; width <= MAX_COLUMNS; width++) {
    const told = wrapped(
      text,
      room.map((each) => Math.min(each, width)),
    );
    if (told) return told;
  }
  return undefined;
}

/** What stays on one line: code, a number with its unit, a word. */
const PIECES = /`[^`]*`\S*|\d+ (?:ms|kB|MB|%)\S*|\S+/g;

/** A text in lines of so many columns; nothing if it is longer than they are. */
function wrapped(text: string, room: readonly number[]): string[] | undefined {
  const lines = [""];
  for (const word of text.match(PIECES) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (stringWidth(longer) <= (room[lines.length - 1] ?? 0)) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
      if (stringWidth(word) > (room[lines.length - 1] ?? 0)) return undefined;
    }
  }
  return lines;
}
