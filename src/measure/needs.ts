import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";

/**
 * Whether the runtime counts what its event loop does. Deno and Bun have
 * `eventLoopUtilization()` too, but there it says 0 whatever happens (seen in
 * Deno 2.9 and Bun 1.4), so it is not to be asked.
 */
const countsTheLoop = (): boolean =>
  "uvMetricsInfo" in ((performance.nodeTiming as object | undefined) ?? {});

/** What not every machine and runtime has, and whether this one has it. */
const THERE = {
  "two cores": () => availableParallelism() >= 2,
  "the CPU time of a thread": () => "threadCpuUsage" in process,
  "the rest of the event loop": countsTheLoop,
  "the turns of the event loop": countsTheLoop,
} satisfies Record<string, () => boolean>;

/** What a claim needs to be measured at all. */
export type Need = keyof typeof THERE;

/** Whether what is needed cannot be had here. */
export function missingNeed(need: Need): boolean {
  return !THERE[need]();
}
