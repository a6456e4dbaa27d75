import type { RecordedSpan } from "./spans.ts";

/** What a service did for its callers in one part of a run. */
export interface Load {
  /** Answers per second, from the first call to the last answer. */
  perSecond: number;
  /** The longest time from a call to its answer, in ms. */
  longest: number;
}

/** Two spans of one call follow each other within so many ms. */
const NEXT_MS = 2;

/**
 * Reads throughput and longest latency from spans: those of the track are
 * calls in service, those of `<track>, waiting` are their waits before it.
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
    // A wait ends when its service starts; several may end close together.
    const index = waits.findIndex(
      (wait) => Math.abs(wait.end - start) <= NEXT_MS,
    );
    const [wait] = index < 0 ? [] : waits.splice(index, 1);
    return { asked: wait?.start ?? start, end };
  });
  const first = Math.min(...calls.map(({ asked }) => asked));
  const last = Math.max(...calls.map(({ end }) => end));
  return {
    perSecond: (1000 * calls.length) / (last - first),
    longest: Math.max(...calls.map(({ asked, end }) => end - asked)),
  };
}
