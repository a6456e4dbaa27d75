import type { Point, Span } from "../../measure/spans.ts";

/** What a run in a worker tells the page. Times are in ms since 1970. */
export type RunMessage =
  | { kind: "line"; text: string }
  | { kind: "span"; span: Omit<Span, "thread"> }
  | { kind: "point"; point: Omit<Point, "thread"> }
  | { kind: "ended" }
  | { kind: "failed"; text: string }
  | { kind: "flooded"; lines: number };

/** More lines than this nobody reads, and the page would not bear them. */
export const MOST_LINES = 10_000;
