/**
 * `#claim`: all that a file of claims imports beside its example. What stands
 * behind it measures, so evidence is stale when any of it changes.
 */
export { claim, inEveryOrder } from "./claim.ts";
export { deadEnds, tasks, threads } from "./in-every-order.ts";
export * from "./instruments.ts";
