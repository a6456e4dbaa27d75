/** What claims are stated and measured with, in any runtime. */
export { askedTimers } from "./asked-timers.ts";
export type { Bound } from "./bound.ts";
export { atLeast, atMost, exactly, lessThan, moreThan } from "./bound.ts";
export { observeProcess } from "./observe-process.ts";
export { onThreads } from "./on-threads.ts";
export { inversions, peak, pointsWithin } from "./shapes.ts";
export type { As, Tell } from "../orders/explore-tasks.ts";
export type { Point, Span } from "./spans.ts";
export { cpuAgainstComputing } from "./thread-cpu.ts";
export { withTimers } from "./with-timers.ts";
export { withoutSleep } from "./without-sleep.ts";
