/**
 * `#claim`: all that a file of claims imports beside its example. What stands
 * behind it measures, so evidence is stale when any of it changes.
 */
export type { Bound } from "./bound.ts";
export { atLeast, atMost, exactly, lessThan, moreThan } from "./bound.ts";
export { claim } from "./claim.ts";
export { deadEnds, inEveryOrder, tasks, threads } from "./in-every-order.ts";
export { observeProcess } from "./observe-process.ts";
export { inversions, peak, pointsWithin } from "./shapes.ts";
export type { Tell } from "../orders/explore-tasks.ts";
export type { Point, Span } from "./spans.ts";
export { threadCpuShare } from "./thread-cpu.ts";
