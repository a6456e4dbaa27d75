import type { Point, Span } from "./spans.ts";

/**
 * A run's spans and points with their times in ms from the first of them on.
 */
export function fromZero<
  S extends Pick<Span, "start" | "end">,
  P extends Pick<Point, "at">,
>({ spans, points }: { spans: readonly S[]; points: readonly P[] }) {
  const origin = Math.min(
    ...spans.map(({ start }) => start),
    ...points.map(({ at }) => at),
  );
  return {
    spans: spans.map((span) => ({
      ...span,
      start: span.start - origin,
      end: span.end - origin,
    })),
    points: points.map((point) => ({ ...point, at: point.at - origin })),
  };
}
