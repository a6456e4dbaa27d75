/**
 * `#claim`: all that a file of claims imports beside its example. What stands
 * behind a name measures, so the evidence of whoever imports it is stale when
 * that changes.
 */
export { claim } from "./claim.ts";
export { eachOf } from "./each-of.ts";
export { inEveryOrder } from "./order-claim.ts";
export { deadEnds, tasks, threads } from "./in-every-order.ts";
export * from "./instruments.ts";
