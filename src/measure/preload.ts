/**
 * Preloaded into an example's process (`node --import`): notes every
 * `performance.measure` and `performance.mark` of every thread in the file that
 * `SPANS_FILE` names, one JSON line each, written at once so that nothing is
 * lost when the process ends.
 *
 * A span also gets what the process did between its start and its end: CPU
 * time, idle time of the event loop, and turns of the loop. Its start may be a
 * plain number, so the counters are read whenever the example asks for the
 * time, at most once in `READ_EVERY_MS`: reading takes 2 µs, and an example
 * that spins on the clock must not spend its time in here.
 */
import { openSync, writeSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { isMainThread, threadId } from "node:worker_threads";
import type { Counters } from "./counters.ts";
import { readCounters } from "./counters.ts";
import { samplesOf, trackOf } from "./spans.ts";

const READ_EVERY_MS = 0.5;
/** Far more than the spans that an example has open at once. */
const READINGS_KEPT = 20_000;

const file = process.env["SPANS_FILE"];
if (file !== undefined) watchPerformance(openSync(file, "a"));

function watchPerformance(out: number): void {
  const now = performance.now.bind(performance);
  const mark = performance.mark.bind(performance);
  const measure = performance.measure.bind(performance);
  const readings: Counters[] = [];

  function read(at: number): Counters {
    const reading = readCounters(at);
    if (readings.push(reading) > READINGS_KEPT) readings.shift();
    return reading;
  }

  function readOnceInAWhile(at: number): void {
    const last = readings.at(-1);
    if (last === undefined || at - last.at >= READ_EVERY_MS) read(at);
  }

  /** The counters at `at`, or just before. */
  function readingAt(at: number): Counters | undefined {
    return readings.findLast((reading) => reading.at <= at);
  }

  /**
   * The counters just before `at`, or today's if these are nearer: the system
   * may take the core away between the end of a span and this look at it.
   */
  function readingNear(at: number): Counters {
    const before = readingAt(at);
    const today = now();
    const isNearer = before !== undefined && at - before.at < today - at;
    return isNearer ? before : read(today);
  }

  function write(line: object): void {
    writeSync(out, `${JSON.stringify(line)}\n`);
  }

  performance.now = () => {
    const at = now();
    readOnceInAWhile(at);
    return at;
  };

  performance.mark = (name, options) => {
    const entry = mark(name, options);
    readOnceInAWhile(entry.startTime);
    const track = trackOf(entry);
    write({ name, track, at: entry.startTime, thread: threadId });
    return entry;
  };

  performance.measure = ((...args: Parameters<typeof measure>) => {
    const entry = measure(...args);
    const start = entry.startTime;
    const end = start + entry.duration;
    const from = readingAt(start);
    const to = readingNear(end);
    const track = trackOf(entry);
    write({
      name: entry.name,
      track,
      start,
      end,
      thread: threadId,
      ...(from && { cpu: to.cpu - from.cpu, idle: to.idle - from.idle }),
      // The loop of a worker counts no turns of its own.
      ...(from && isMainThread && { turns: to.turns - from.turns }),
      samples: samplesOf(entry),
    });
    return entry;
  }) as typeof measure;
}
