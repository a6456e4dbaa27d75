/**
 * CPU-bound work: it lasts as long as its computing does.
 *
 * Three jobs under Promise.all: each in one piece, in pieces with `await null`
 * after each, in pieces with a timer after each, and at last in a worker.
 * Beside them, a neighbour on the main thread wants a turn every 5 ms.
 *
 *     npx tsx examples/cpu-bound.ts
 */
import * as threads from "node:worker_threads";

const JOBS = 3;
const PIECES = 5;
const CHECKS = 10_000;
const PRIME = 1_000_003;
const TURN_MS = 5;

/** A fixed amount of work, not of time: a faster machine is done sooner. */
function compute(checks: number): void {
  while (checks-- > 0) isPrime(PRIME);
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** Three jobs at once. Each pauses after each of its pieces. */
async function jobs(lane: string, pieces: number, pause: () => unknown) {
  const job = async () => {
    for (let piece = 0; piece < pieces; piece++) {
      const start = performance.now();
      compute(CHECKS / pieces);
      performance.measure(lane, { start });
      await pause();
    }
  };
  await Promise.all(Array.from({ length: JOBS }, job));
}

const noPause = () => null;
const timer = () => new Promise((resume) => setTimeout(resume, 0));

/** Counts the neighbour's turns until the work is done. */
async function beside(work: () => Promise<unknown>) {
  let turns = 0;
  const neighbour = setInterval(() => {
    turns++;
    performance.mark("neighbour");
  }, TURN_MS);
  const start = performance.now();
  await work();
  clearInterval(neighbour);
  return { turns, ms: performance.now() - start };
}

/** The same from the moment in which a worker begins, `times` in a row. */
async function besideWorker(times = 1) {
  const options = { workerData: times };
  const worker = new threads.Worker(new URL(import.meta.url), options);
  const message = () =>
    new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  await message();
  return beside(message).finally(() => worker.terminate());
}

/** What the worker does. */
async function work(times: number): Promise<void> {
  threads.parentPort!.postMessage("begins");
  while (times-- > 0) await jobs("worker", 1, noPause);
  threads.parentPort!.postMessage("done");
}

export const ways = {
  "one piece": () => beside(() => jobs("one piece", 1, noPause)),
  "await null": () => beside(() => jobs("await null", PIECES, noPause)),
  timers: () => beside(() => jobs("timers", PIECES, timer)),
  worker: besideWorker,
};

export async function main(): Promise<void> {
  try {
    for (const [name, way] of Object.entries(ways)) {
      const { ms, turns } = await way();
      console.log(`${name}: ${ms.toFixed()} ms, neighbour: ${turns} turns`);
    }
  } catch (error) {
    console.log(`worker: it needs Node 22.18 or newer (${error})`);
    if (globalThis.process) process.exitCode = 1;
  }
}

if (!threads.isMainThread) work(threads.workerData);
else if (import.meta.main ?? true) main();
