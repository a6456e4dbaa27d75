import type { Point, Span } from "../measure/spans.ts";

type TimelineSpan = Pick<Span, "name" | "start" | "end"> & {
  track?: string | undefined;
  cpu?: number | undefined;
};
type TimelinePoint = Pick<Point, "name" | "at"> & {
  track?: string | undefined;
};

/** What a timeline is drawn from; times in ms from the run's start on. */
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
  /** Which of the run's variants it belongs to, from 0. */
  variant: number;
  /** The same in all variants: the track's place among the run's, from 0. */
  colour: number;
  bars: Bar[];
  /** Moments, in ms. */
  moments: number[];
  rows: number;
}

export interface TimelineLayout {
  lanes: Lane[];
  /** Where the axis ends, in ms: a tick, at or after the end of every variant. */
  until: number;
  /** The axis' ticks, in ms, 0 and `until` included. */
  ticks: number[];
}

export interface LayoutOptions {
  /** The least end of the axis in ms, to compare runs on one axis. */
  until?: number;
  /**
   * Tracks that begin another variant of the run, which is drawn from a zero of
   * its own: those that the run has.
   */
  variants?: readonly string[];
}

/** A span or a moment, as the lanes take it. */
interface Entry {
  track: string;
  start: number;
  end: number;
  span?: TimelineSpan;
}

/**
 * Puts a run's spans and moments into lanes, in each variant a lane for each
 * track, in the order in which the tracks first appear.
 */
export function layoutTimeline(
  { spans, points }: TimelineData,
  { until = 0, variants = [] }: LayoutOptions = {},
): TimelineLayout {
  const entries: Entry[] = [
    ...spans.map((span) => ({ ...span, track: trackOf(span), span })),
    ...points.map((point) => ({
      track: trackOf(point),
      start: point.at,
      end: point.at,
    })),
  ].sort((a, b) => a.start - b.start);
  const lanes: Lane[] = [];
  const tracks = new Set<string>();
  let last = until;
  inVariants(entries, variants).forEach((entries, variant) => {
    const zero = variant === 0 ? 0 : entries[0]!.start;
    for (const { track, start, end, span } of entries) {
      last = Math.max(last, end - zero);
      let lane = lanes.find(
        (lane) => lane.variant === variant && lane.track === track,
      );
      if (!lane) {
        tracks.add(track);
        const colour = [...tracks].indexOf(track);
        lane = { track, variant, colour, bars: [], moments: [], rows: 1 };
        lanes.push(lane);
      }
      if (span) addBar(lane, span, zero, spans);
      else lane.moments.push(start - zero);
    }
  });
  const step = tickStep(last);
  const count = Math.max(1, Math.ceil(last / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, n) => n * step);
  return { lanes, until: count * step, ticks };
}

function trackOf({
  name,
  track = name,
}: {
  name: string;
  track?: string | undefined;
}): string {
  return track;
}

/**
 * Parts a run's entries where the tracks begin that begin a variant. What is
 * still open then begins with it: clocks of two threads differ a little.
 *
 * @param entries by their start
 */
function inVariants(
  entries: readonly Entry[],
  variants: readonly string[],
): Entry[][] {
  const begins = variants
    .flatMap((track) => entries.find((entry) => entry.track === track) ?? [])
    .map(({ start }) => start)
    .toSorted((a, b) => a - b);
  const variantOf = ({ start, end }: Entry) =>
    begins.filter((begin) => begin <= start || begin < end).length;
  return Array.from({ length: begins.length + 1 }, (_, variant) =>
    entries.filter((entry) => variantOf(entry) === variant),
  ).filter((entries) => entries.length > 0);
}

/**
 * A browser's clock may go in steps of 0.1 ms, so a span may seem to start one
 * step before the end of the one that it follows.
 */
const CLOCK_STEP_MS = 0.11;

function addBar(
  lane: Lane,
  span: TimelineSpan,
  zero: number,
  spans: readonly TimelineSpan[],
): void {
  const { name, cpu } = span;
  const [start, end] = [span.start - zero, span.end - zero];
  const taken = new Set(
    lane.bars
      .filter((bar) => bar.end - start > CLOCK_STEP_MS)
      .map(({ row }) => row),
  );
  let row = 0;
  while (taken.has(row)) row++;
  const alone = spans.every(
    (other) =>
      other === span || other.end <= span.start || other.start >= span.end,
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
