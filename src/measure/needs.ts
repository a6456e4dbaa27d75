import { availableParallelism, cpus } from "node:os";
import { performance } from "node:perf_hooks";

/**
 * Whether the runtime counts what its event loop does. Deno and Bun have
 * `eventLoopUtilization()` too, but there it says 0 whatever happens (seen in
 * Deno 2.9 and Bun 1.4), so it is not to be asked.
 */
const countsTheLoop = (): boolean =>
  "uvMetricsInfo" in ((performance.nodeTiming as object | undefined) ?? {});

const LOOK_MS = 200;

/**
 * How many cores had nothing to do while this thread slept for a moment. 0
 * where the system does not tell, as in some sandboxes.
 */
function idleCores(): number {
  const idle = () => cpus().reduce((sum, { times }) => sum + times.idle, 0);
  const start = performance.now();
  const before = idle();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  return (idle() - before) / (performance.now() - start);
}

/** What not every machine and runtime has, and whether this one has it. */
const THERE = {
  "two cores": () => availableParallelism() >= 2,
  "two free cores": () => availableParallelism() >= 2 && idleCores() > 1.5,
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
