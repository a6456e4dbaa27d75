import type { RecordedSpan } from "./spans.ts";

/** What a service did for its callers in one part of a run. */
export interface Load {
  /** Answers per second, from the first call to the last answer. */
  perSecond: number;
  /** The longest time from a call to its answer, in ms. */
  longest: number;
}

/** Evidence rounds to a microsecond, so that one moment may read as two. */
const SAME_MS = 0.002;

/**
 * Reads throughput and longest latency from spans: those of the track are
 * calls in service, those of `<track>, waiting` are their waits before it, each
 * of which ends in the moment in which its service starts.
 *
 * @throws if the track has no spans
 */
export function loadOf(spans: readonly RecordedSpan[], track: string): Load {
  const of = (lane: string) =>
    spans.filter(({ name, track = name }) => track === lane);
  const services = of(track);
  if (services.length === 0) throw new Error(`No span is of “${track}”.`);
  const waits = of(`${track}, waiting`);
  const calls = services.map(({ start, end }) => {
    const wait = waits.find(({ end }) => Math.abs(end - start) <= SAME_MS);
    return { asked: wait?.start ?? start, end };
  });
  const first = Math.min(...calls.map(({ asked }) => asked));
  const last = Math.max(...calls.map(({ end }) => end));
  return {
    perSecond: (1000 * calls.length) / (last - first),
    longest: Math.max(...calls.map(({ asked, end }) => end - asked)),
  };
}
