import type { Point, Span } from "../measure/spans.ts";

type TimelineSpan = Pick<Span, "name" | "start" | "end"> & {
  track?: string | undefined;
  cpu?: number | undefined;
};
type TimelinePoint = Pick<Point, "name" | "at"> & {
  track?: string | undefined;
};

/** What a timeline is drawn from; times in ms from the run's start. */
export interface TimelineData {
  spans: readonly TimelineSpan[];
  points: readonly TimelinePoint[];
}

export interface Bar {
  name: string;
  start: number;
  end: number;
  /** The row inside its lane, from 0: spans that overlap lie in several. */
  row: number;
  /** CPU time in ms, where the span was the only one open. */
  cpu: number | undefined;
}

export interface Lane {
  track: string;
  bars: Bar[];
  /** Moments, in ms. */
  moments: number[];
  rows: number;
}

export interface TimelineLayout {
  lanes: Lane[];
  /** Where the axis ends, in ms: a tick, at or after the last entry. */
  until: number;
  /** The axis' ticks, in ms, 0 and `until` included. */
  ticks: number[];
}

/**
 * Puts a run's spans and moments into lanes, a lane for each track, in the
 * order in which the tracks first appear.
 *
 * @param until the least end of the axis in ms, to compare runs on one axis
 */
export function layoutTimeline(
  { spans, points }: TimelineData,
  until = 0,
): TimelineLayout {
  const lanes = new Map<string, Lane>();
  const lane = ({
    name,
    track = name,
  }: {
    name: string;
    track?: string | undefined;
  }) => {
    let found = lanes.get(track);
    if (!found) {
      found = { track, bars: [], moments: [], rows: 1 };
      lanes.set(track, found);
    }
    return found;
  };

  const entries = [
    ...spans.map((span) => ({ at: span.start, span })),
    ...points.map((point) => ({ at: point.at, point })),
  ].sort((a, b) => a.at - b.at);
  for (const entry of entries) {
    if ("span" in entry) addBar(lane(entry.span), entry.span, spans);
    else lane(entry.point).moments.push(entry.at);
  }

  const last = Math.max(
    until,
    ...spans.map(({ end }) => end),
    ...points.map(({ at }) => at),
  );
  const step = tickStep(last);
  const count = Math.max(1, Math.ceil(last / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, n) => n * step);
  return { lanes: [...lanes.values()], until: count * step, ticks };
}

/**
 * A browser's clock may go in steps of 0.1 ms, so a span may seem to start one
 * step before the end of the one that it follows.
 */
const CLOCK_STEP_MS = 0.11;

function addBar(
  lane: Lane,
  span: TimelineSpan,
  spans: readonly TimelineSpan[],
): void {
  const { name, start, end, cpu } = span;
  const taken = new Set(
    lane.bars
      .filter((bar) => bar.end - start > CLOCK_STEP_MS)
      .map(({ row }) => row),
  );
  let row = 0;
  while (taken.has(row)) row++;
  const alone = spans.every(
    (other) => other === span || other.end <= start || other.start >= end,
  );
  lane.bars.push({ name, start, end, row, cpu: alone ? cpu : undefined });
  lane.rows = Math.max(lane.rows, row + 1);
}

const MOST_TICKS = 5;

/** The least of 1, 2, 5 times a power of ten that gives few ticks. */
function tickStep(last: number): number {
  const rough = Math.max(last, 1e-3) / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((n) => n * power >= rough * (1 - 1e-9));
  return Number(((factor ?? 10) * power).toPrecision(1));
}
