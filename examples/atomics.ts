/**
 * Atomics: two threads count in the same cell of shared memory.
 *
 * They start together, and each adds 1 a thousand times with `++`, which reads,
 * adds and writes. Then each does so thirty million times, and then as often
 * with `Atomics.add`, which is one step.
 *
 *     npx tsx examples/atomics.ts
 */
import * as threads from "node:worker_threads";

const FEW = 1000;
const MANY = 30_000_000;

/** Reads, adds 1 and writes: another thread may come in between. */
export function countPlain(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) cells[0]!++;
}

/** Two atomic steps, and a gap between them. */
export function countInTwoSteps(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) {
    const before = Atomics.load(cells, 0);
    Atomics.store(cells, 0, before + 1);
  }
}

/** Reads, adds 1 and writes in one step. */
export function countAtomic(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) Atomics.add(cells, 0, 1);
}

/** Takes one of what is left, if any is. Says whether it got one. */
export function takeOne(cells: Int32Array): boolean {
  let left = Atomics.load(cells, 0);
  while (left > 0) {
    const found = Atomics.compareExchange(cells, 0, left, left - 1);
    if (found === left) return true;
    left = found;
  }
  return false;
}

/** Looks first, then takes: by then there may be nothing left. */
export function lookThenTake(cells: Int32Array): boolean {
  const isLeft = Atomics.load(cells, 0) > 0;
  if (isLeft) Atomics.sub(cells, 0, 1);
  return isLeft;
}

const ways = { countPlain, countAtomic };
export type Way = keyof typeof ways;

/** Threads that all count in one cell. What is in it in the end? */
export async function count(way: Way, times: number, among = 2) {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  const ends = Array.from({ length: among }, (_, n) => {
    const workerData = { way, times, cells, among, lane: `thread ${n + 1}` };
    return ended(new threads.Worker(new URL(import.meta.url), { workerData }));
  });
  await Promise.all(ends);
  return cells[0]!;
}

function ended(worker: threads.Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("exit", resolve);
    worker.once("error", reject);
  });
}

/** What a thread does. It begins when all of them are ready. */
function work(): void {
  const { way, times, cells, among, lane } = threads.workerData;
  Atomics.add(cells, 1, 1);
  while (Atomics.load(cells, 1) < among);
  const start = performance.now();
  ways[way as Way](cells, times);
  performance.measure(way, { start, detail: { devtools: { track: lane } } });
}

export async function main(): Promise<void> {
  if (!globalThis.SharedArrayBuffer) {
    console.log("No SharedArrayBuffer here");
    return;
  }
  await report("++", "countPlain", FEW);
  await report("++", "countPlain", MANY);
  await report("Atomics.add", "countAtomic", MANY);
}

async function report(name: string, way: Way, times: number): Promise<void> {
  console.log(`${name}: ${await count(way, times)} of ${2 * times}`);
}

if (!threads.isMainThread) work();
else if (import.meta.main ?? true) main();
