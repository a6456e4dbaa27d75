import type { Lane, TimelineLayout } from "./timeline-layout.ts";

/** What a timeline in text is drawn with. */
export interface Strokes {
  busy: string;
  /** The part of a span in which its CPU was free. */
  rest: string;
  moment: string;
  axis: string;
  tick: string;
}

export const BLOCKS: Strokes = {
  busy: "█",
  rest: "░",
  moment: "│",
  axis: "─",
  tick: "┴",
};
/** For what is no terminal, and may not know more than ASCII. */
export const ASCII: Strokes = {
  busy: "#",
  rest: ".",
  moment: "|",
  axis: "-",
  tick: "+",
};

const NARROWEST = 10;

/**
 * Draws a timeline as lines of text, none longer than `width` columns.
 *
 * @param width columns; a drawing narrower than 10 columns beside the names is
 *   not made narrower
 */
export function timelineText(
  { lanes, ticks, until }: TimelineLayout,
  width: number,
  strokes: Strokes,
): string[] {
  const longest = Math.max(...lanes.map(({ track }) => track.length));
  const names = Math.min(longest, Math.max(0, width - NARROWEST - 1));
  const columns = Math.max(NARROWEST, width - names - 1);
  const edge = (ms: number) => Math.floor((ms / until) * columns);
  const column = (ms: number) => Math.min(columns - 1, edge(ms));
  const named = (name: string, line: string) =>
    `${name.slice(0, names).padEnd(names)} ${line}`.trimEnd();

  const drawn = lanes.flatMap((lane) =>
    rowsOf(lane, columns, edge, strokes).map((row, index) =>
      named(index === 0 ? lane.track : "", row),
    ),
  );
  const axis = Array<string>(columns).fill(strokes.axis);
  for (const tick of ticks) axis[column(tick)] = strokes.tick;
  return [
    ...drawn,
    named("", axis.join("")),
    named("", labels(ticks, columns, column)),
  ];
}

function rowsOf(
  { bars, moments, rows }: Lane,
  columns: number,
  edge: (ms: number) => number,
  strokes: Strokes,
): string[] {
  const column = (ms: number) => Math.min(columns - 1, edge(ms));
  const cells = Array.from({ length: rows }, () =>
    Array<string>(columns).fill(" "),
  );
  for (const { start, end, row, cpu } of bars) {
    const from = column(start);
    // A span is seen even where it is shorter than a column.
    const to = Math.max(from, edge(end) - 1);
    const busy = cpu === undefined ? to : edge(start + cpu) - 1;
    for (let at = from; at <= to; at++) {
      cells[row]![at] =
        at <= Math.max(from, busy) ? strokes.busy : strokes.rest;
    }
  }
  for (const at of moments) cells[0]![column(at)] = strokes.moment;
  return cells.map((row) => row.join(""));
}

/** The ticks' numbers under the axis: the last, and those that fit before. */
function labels(
  ticks: readonly number[],
  columns: number,
  column: (ms: number) => number,
): string {
  const line = Array<string>(columns).fill(" ");
  let free = columns;
  for (const tick of ticks.toReversed()) {
    const label = free === columns ? `${tick} ms` : `${tick}`;
    const at = Math.min(column(tick), columns - label.length);
    if (at < 0 || at + label.length > free) continue;
    line.splice(at, label.length, ...label);
    free = at - 1;
  }
  return line.join("");
}
