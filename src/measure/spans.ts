/** A stretch of time that an example measured with `performance.measure`. */
export interface Span {
  name: string;
  /** The lane it is drawn in: its DevTools track, else its own name. */
  track: string;
  /** ms since the clock's origin, or since the run's start in evidence. */
  start: number;
  /** ms, never before `start`. */
  end: number;
  /** Which thread measured it: 0 is the main thread. */
  thread: number;
  /** CPU time of the whole process inside the span, in ms; Node only. */
  cpu?: number | undefined;
  /** ms that the event loop slept inside the span; Node only. */
  idle?: number | undefined;
  /** Turns of the event loop inside the span; Node's main thread only. */
  turns?: number | undefined;
  /** What was measured inside it many times: its `detail.samples`. */
  samples?: number[] | undefined;
}

/** A moment that an example marked with `performance.mark`. */
export interface Point {
  name: string;
  track: string;
  /** ms, on the same clock as the spans. */
  at: number;
  thread: number;
}

/** A span as evidence keeps it: the track where it is not the name. */
export type RecordedSpan = Omit<Span, "track" | "thread"> & {
  track?: string | undefined;
  thread?: number | undefined;
};
/** A point as evidence keeps it. */
export type RecordedPoint = Omit<Point, "track" | "thread"> & {
  track?: string | undefined;
  thread?: number | undefined;
};
/** A run as evidence keeps it; times in ms from its first entry on. */
export interface RecordedRun {
  spans: readonly RecordedSpan[];
  points: readonly RecordedPoint[];
}

/**
 * The lane of a User Timing entry: `detail.devtools.track`, which is also what
 * Chrome's Performance panel reads, else the entry's own name.
 */
export function trackOf(entry: { name: string; detail?: unknown }): string {
  const detail = entry.detail as { devtools?: { track?: unknown } } | null;
  const track = detail?.devtools?.track;
  return typeof track === "string" ? track : entry.name;
}

/** The figures that an entry carries as `detail.samples`, if it does. */
export function samplesOf(entry: { detail?: unknown }): number[] | undefined {
  const detail = entry.detail as { samples?: unknown } | null;
  const samples = detail?.samples;
  return Array.isArray(samples) ? samples.map(Number) : undefined;
}
