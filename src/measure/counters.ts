import type { Performance } from "node:perf_hooks";
import { missingNeed } from "./needs.ts";

/** What a process has used up to a moment. */
export interface Counters {
  /** ms, on the clock of `performance.now()`. */
  at: number;
  /** CPU time of all its threads, in ms. */
  cpu: number;
  /** How long its event loop slept, in ms. */
  idle: number;
  /** How often its event loop turned. */
  turns: number;
}

const tellsCpu = !missingNeed("the CPU time of the process");
const tellsRest = !missingNeed("the rest of the event loop");
const tellsTurns = !missingNeed("the turns of the event loop");

/** The counters of this process; `NaN` for what the runtime does not tell. */
export function readCounters(at = performance.now()): Counters {
  const { user, system } = tellsCpu
    ? process.cpuUsage()
    : { user: NaN, system: NaN };
  const node = performance as unknown as Performance;
  return {
    at,
    cpu: (user + system) / 1000,
    idle: tellsRest ? node.eventLoopUtilization().idle : NaN,
    turns: tellsTurns ? node.nodeTiming.uvMetricsInfo.loopCount : NaN,
  };
}
