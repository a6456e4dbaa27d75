import type { Point, Span } from "./spans.ts";

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
