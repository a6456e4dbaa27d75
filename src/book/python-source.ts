import { FileError, lineAtIndex } from "./file-error.ts";

/** A text in quotes, in one line or in several, or a comment. */
const PIECE =
  /[rbfu]{0,2}("""|''')(?:\\[\s\S]|(?!\1)[^\\])*\1|[rbfu]{0,2}(["'])(?:\\[\s\S]|(?!\2)[^\\\n])*\2|#[^\n]*/gi;
const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** The source with as many blanks in the place of its texts and comments. */
function onlyCode(source: string): string {
  return source.replace(PIECE, (text) => text.replace(/[^\n]/g, " "));
}

/** A comment as it is written, and where in the file it begins. */
export interface Comment {
  text: string;
  index: number;
}

/** The comments and docstrings of a Python file. */
export function pythonComments(source: string): Comment[] {
  return Array.from(source.matchAll(PIECE), ({ 0: text, index }) => ({
    text,
    index,
  })).filter(({ text, index }) => {
    const rest = source.slice(index + text.length);
    const before = source.slice(0, index);
    const isAlone =
      /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(rest);
    const isFirst = before.trim() === "" || /:\s*$/.test(before);
    const isDocstring = /"""$|'''$/.test(text) && isAlone && isFirst;
    return text.startsWith("#") || isDocstring;
  });
}

/**
 * What of a Python file counts for its hash: neither comments nor docstrings,
 * nor blank lines.
 */
export function countedPython(source: string): string {
  const counted = pythonComments(source).reduceRight(
    (code, { text, index }) =>
      code.slice(0, index) + code.slice(index + text.length),
    source,
  );
  return counted
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/**
 * The text itself, if its quotes and brackets close. What else is no Python,
 * Python says to who runs it.
 *
 * @throws FileError with the line of the first that does not
 */
export function checkedPython(source: string, file: string): string {
  const fault = (index: number, what: string) =>
    new FileError(
      file,
      lineAtIndex(source, index),
      `This is no Python: ${what} Look at the line, and at the one above.`,
    );
  const code = onlyCode(source);
  const open: { closing: string; index: number }[] = [];
  for (const { 0: text, index } of code.matchAll(/[()[\]{}"']/g)) {
    const closing = CLOSING[text];
    if (closing !== undefined) open.push({ closing, index });
    else if (/["']/.test(text)) throw fault(index, "A quote does not close.");
    else if (open.pop()?.closing !== text) {
      throw fault(index, `“${text}” closes nothing.`);
    }
  }
  const [left] = open;
  if (left) throw fault(left.index, `A bracket lacks its “${left.closing}”.`);
  return source;
}

/** The functions of a Python file that stand in no other, with their text. */
export function pythonFunctions(source: string): Map<string, string> {
  const lines = source.split("\n");
  const starts = onlyCode(source)
    .split("\n")
    .map((line, at) => ({ name: /^(?:async )?def (\w+)/.exec(line)?.[1], at }));
  return new Map(
    starts.flatMap(({ name, at }): [string, string][] => {
      if (name === undefined) return [];
      let first = at;
      while (/^[@#]/.test(lines[first - 1] ?? "")) first--;
      const next = lines.findIndex(
        (line, n) => n > at && /^[^\s)\]}]/.test(line),
      );
      const end = next < 0 ? lines.length : next;
      return [[name, lines.slice(first, end).join("\n").trim()]];
    }),
  );
}

/**
 * The numbers that a Python file writes out, as they are and as the
 * milliseconds of so many seconds, in which Python counts.
 */
export function pythonNumbers(source: string): Set<number> {
  const found = onlyCode(source).matchAll(
    /(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?/gi,
  );
  const numbers = Array.from(found, ([text]) =>
    Number(text.replaceAll("_", "")),
  );
  const ms = (seconds: number) => Number((seconds * 1000).toPrecision(12));
  return new Set(numbers.flatMap((number) => [number, ms(number)]));
}

/** The lines on which a pattern stands in the code, texts and comments aside. */
export function linesWith(
  pattern: RegExp,
  source: string,
): { line: number; text: string }[] {
  return onlyCode(source)
    .split("\n")
    .flatMap((code, index) => {
      const text = pattern.exec(code)?.[0];
      return text === undefined ? [] : [{ line: index + 1, text }];
    });
}
