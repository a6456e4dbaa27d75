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

/**
 * The most spans that are open at one instant. Where one ends in the very
 * moment in which another starts, the end comes first.
 */
export function peak(spans: readonly Pick<Span, "start" | "end">[]): number {
  const edges = spans
    .flatMap(({ start, end }) => [
      { at: start, step: 1 },
      { at: end, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let open = 0;
  let most = 0;
  for (const { step } of edges) most = Math.max(most, (open += step));
  return most;
}

/**
 * How long all the spans are open together, in ms: the earliest end less the
 * latest start. Negative when there is no such instant.
 */
export function commonPart(
  spans: readonly Pick<Span, "start" | "end">[],
): number {
  const lastStart = Math.max(...spans.map(({ start }) => start));
  const firstEnd = Math.min(...spans.map(({ end }) => end));
  return firstEnd - lastStart;
}

/** How many of the points lie inside a span, its edges included. */
export function pointsWithin(
  points: readonly Pick<Point, "at">[],
  span: Pick<Span, "start" | "end">,
): number {
  return points.filter(({ at }) => span.start <= at && at <= span.end).length;
}

/**
 * How many pairs of `actual` stand in another order than in `expected`: 0 for
 * the expected order, and at most n(n-1)/2. A name that is missing, unknown or
 * doubled counts once more.
 */
export function inversions(
  actual: readonly string[],
  expected: readonly string[],
): number {
  const places = actual.map((name) => expected.indexOf(name));
  const known = places.filter((place) => place >= 0);
  const strangers = places.length - known.length;
  const missing = expected.length - new Set(known).size;
  const doubled = known.length - new Set(known).size;
  let swapped = 0;
  known.forEach((place, at) => {
    swapped += known.slice(at + 1).filter((later) => later < place).length;
  });
  return swapped + strangers + missing + doubled;
}
