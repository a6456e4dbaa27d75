/**
 * CPU-bound work: it lasts as long as its computing does.
 *
 * Three jobs under Promise.all: each in one piece, in pieces with `await null`
 * between them, in pieces with a timer between them, and at last in a worker.
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

/** From a job's start to its end, in ms on a clock that all threads share. */
type Job = { start: number; end: number; primes: number };

const clock = () => performance.timeOrigin + performance.now();

/** A fixed amount of work, not of time: a faster machine is done sooner. */
function compute(checks: number): number {
  let primes = 0;
  while (checks-- > 0) if (isPrime(PRIME)) primes++;
  return primes;
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** Three jobs at once. Each pauses between its pieces. */
function jobs(
  lane: string,
  pieces: number,
  pause: () => unknown,
  checks = CHECKS,
): Promise<Job[]> {
  const job = async (): Promise<Job> => {
    const start = clock();
    let primes = 0;
    for (let piece = 0; piece < pieces; piece++) {
      if (piece > 0) await pause();
      const start = performance.now();
      primes += compute(checks / pieces);
      performance.measure(lane, { start });
    }
    return { start, end: clock(), primes };
  };
  return Promise.all(Array.from({ length: JOBS }, job));
}

const noPause = () => null;
const timer = () => new Promise((resume) => setTimeout(resume, 0));

/** Counts the neighbour's turns between the first start and the last end. */
async function beside(work: () => Promise<Job[]>) {
  const turns: number[] = [];
  const neighbour = setInterval(() => {
    turns.push(clock());
    performance.mark("neighbour");
  }, TURN_MS);
  const jobs = await work().finally(() => clearInterval(neighbour));
  const start = Math.min(...jobs.map((job) => job.start));
  const end = Math.max(...jobs.map((job) => job.end));
  const meanwhile = turns.filter((at) => start <= at && at <= end);
  return { jobs, ms: end - start, turns: meanwhile.length };
}

/** Has a worker do all three jobs. */
function inWorker(checks: number): Promise<Job[]> {
  const options = { workerData: checks };
  const worker = new threads.Worker(new URL(import.meta.url), options);
  return new Promise<Job[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  }).finally(() => worker.terminate());
}

/** What the worker does. */
async function work(checks: number): Promise<void> {
  threads.parentPort!.postMessage(await jobs("worker", 1, noPause, checks));
}

export const ways = {
  "one piece": () => beside(() => jobs("one piece", 1, noPause)),
  "await null": () => beside(() => jobs("await null", PIECES, noPause)),
  timers: () => beside(() => jobs("timers", PIECES, timer)),
  worker: (dose = 1) => beside(() => inWorker(dose * CHECKS)),
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
