import type { MdastNode } from "satteri";
import type { NoteTime } from "./note.ts";
import { children, isElement, lineAt } from "./note-tree.ts";

/** The units of time that a note may write, each with its length in ms. */
const UNITS: readonly [ms: number, ...names: string[]][] = [
  [1e-6, "ns", "nanosecond", "나노초"],
  [1e-3, "µs", "μs", "microsecond", "마이크로초"],
  [1, "ms", "millisecond", "밀리초"],
  [1000, "s", "second", "초"],
  [60_000, "min", "minute", "분"],
  [3_600_000, "h", "hour", "시간"],
];
const MS_BY_UNIT = new Map(
  UNITS.flatMap(([ms, ...names]) => names.map((name) => [name, ms] as const)),
);

const unitsIn = (script: RegExp) =>
  [...MS_BY_UNIT.keys()].filter((unit) => script.test(unit)).join("|");
const NUMBER = "(?<number>\\d[\\d,]*(?:\\.\\d+)?)[\\s-]?";
const LATIN = `(?<latin>${unitsIn(/^[^가-힣]/)})s?(?![A-Za-z\\d])`;
/** Behind a Korean unit there may be a particle: "5분은". "5분의 2" is two fifths. */
const KOREAN = `(?!분의 \\d)(?<korean>${unitsIn(/^[가-힣]/)})(?=[^\\p{L}\\d]|[은는이가을를에도만로와과의간쯤보씩까동]|$)`;
const TIME = new RegExp(`${NUMBER}(?:${LATIN}|${KOREAN})`, "gu");

/** The numbers with a unit of time in a text, each with its index. */
export function timesInText(
  text: string,
): { index: number; text: string; ms: number }[] {
  return Array.from(text.matchAll(TIME), ({ index, 0: written, groups }) => {
    const { number, latin, korean } = groups!;
    const ms = MS_BY_UNIT.get((latin ?? korean)!)!;
    return {
      index,
      text: written,
      ms: Number(number!.replaceAll(",", "")) * ms,
    };
  });
}

/** A claim has its test, a footnote its source, code its run. */
function isProven(node: MdastNode): boolean {
  return (
    node.type === "footnoteDefinition" ||
    node.type === "code" ||
    node.type === "inlineCode" ||
    isElement(node, "Claim")
  );
}

/** The times in a note's text that nothing beside it proves. */
export function timesIn(node: MdastNode): NoteTime[] {
  if (isProven(node)) return [];
  if (node.type !== "text") return children(node).flatMap(timesIn);
  return timesInText(node.value).map(({ index, text, ms }) => ({
    line: lineAt(node, index),
    text,
    ms,
  }));
}
