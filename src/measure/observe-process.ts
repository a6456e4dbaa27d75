import { readCounters } from "./counters.ts";
import type { Point, Span } from "./spans.ts";
import { trackOf } from "./spans.ts";

/** What happened while a function ran in this process. Times are in ms. */
export interface Observation<Value> {
  value: Value;
  wall: number;
  /** CPU time of this process; `NaN` where the runtime does not tell. */
  cpu: number;
  /** How long the event loop slept; `NaN` where the runtime does not tell. */
  idle: number;
  /** How often the event loop turned; `NaN` where the runtime does not tell. */
  turns: number;
  spans: Span[];
  points: Point[];
}

/** Runs the function and notes what this process did meanwhile. */
export async function observeProcess<Value>(
  run: () => Value | Promise<Value>,
): Promise<Observation<Value>> {
  performance.clearMarks();
  performance.clearMeasures();
  const before = readCounters();
  const value = await run();
  const after = readCounters();
  return {
    value,
    wall: after.at - before.at,
    cpu: after.cpu - before.cpu,
    idle: after.idle - before.idle,
    turns: after.turns - before.turns,
    spans: performance.getEntriesByType("measure").map((entry) => ({
      name: entry.name,
      track: trackOf(entry as PerformanceMeasure),
      start: entry.startTime,
      end: entry.startTime + entry.duration,
      thread: 0,
    })),
    points: performance.getEntriesByType("mark").map((entry) => ({
      name: entry.name,
      track: trackOf(entry as PerformanceMark),
      at: entry.startTime,
      thread: 0,
    })),
  };
}
