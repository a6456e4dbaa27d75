/**
 * Parallelism: computing two things at the same moment, on two cores.
 *
 * Two jobs, each of eight units of computing. First one thread has both under
 * way and takes turns between them. Then each job has a worker of its own.
 *
 *     npx tsx examples/parallelism.ts
 */
import * as threads from "node:worker_threads";

const UNITS = 8;
const PRIMES_BELOW = 100_000;

/** A stretch of computing, in ms on a clock that all threads share. */
export type Unit = { start: number; end: number; primes: number };

/** Computes unit after unit. After each, the thread may take another job. */
export async function job(lane: string, units = UNITS): Promise<Unit[]> {
  const { timeOrigin } = performance;
  const done: Unit[] = [];
  while (done.length < units) {
    let primes = 0;
    const start = performance.now();
    for (let n = 2; n < PRIMES_BELOW; n++) if (isPrime(n)) primes++;
    const end = performance.now();
    performance.measure(lane, { start, end });
    done.push({ start: timeOrigin + start, end: timeOrigin + end, primes });
    await null;
  }
  return done;
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** Both jobs under way on this thread, which takes turns between them. */
export function oneThread(units = UNITS): Promise<Unit[][]> {
  const lanes = ["one thread, job 1", "one thread, job 2"];
  return Promise.all(lanes.map((lane) => job(lane, units)));
}

/** Each job in a worker. They start together, when both are ready. */
export async function twoWorkers(units = UNITS): Promise<Unit[][]> {
  const workers = ["worker 1", "worker 2"].map((lane) => {
    const workerData = { lane, units };
    return new threads.Worker(new URL(import.meta.url), { workerData });
  });
  const messages = () => Promise.all(workers.map(nextMessage));
  try {
    await messages();
    workers.forEach((worker) => worker.postMessage("start"));
    return (await messages()) as Unit[][];
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function nextMessage(worker: threads.Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** What a worker does: it says that it is ready, and computes when told to. */
function work(): void {
  const { parentPort, workerData } = threads;
  parentPort!.once("message", async () => {
    parentPort!.postMessage(await job(workerData.lane, workerData.units));
  });
  parentPort!.postMessage("ready");
}

/** How many % of the units overlap with one of the other job. */
export function overlapping([one = [], other = []]: Unit[][]): number {
  const meeting = (units: Unit[], others: Unit[]) =>
    units.filter((a) => others.some((b) => a.start < b.end && b.start < a.end));
  const met = [...meeting(one, other), ...meeting(other, one)];
  return (100 * met.length) / (one.length + other.length);
}

export async function main(): Promise<void> {
  report("one thread", await oneThread());
  try {
    report("two workers", await twoWorkers());
  } catch (error) {
    console.log(`two workers: they need Node 22.18 or newer (${error})`);
    if (globalThis.process) process.exitCode = 1;
  }
}

function report(name: string, jobs: Unit[][]): void {
  const first = Math.min(...jobs.flat().map(({ start }) => start));
  const last = Math.max(...jobs.flat().map(({ end }) => end));
  const ms = (last - first).toFixed();
  const share = `${overlapping(jobs).toFixed()} % of the units overlap`;
  console.log(`${name}: ${ms} ms, ${share}`);
}

if (!threads.isMainThread) work();
else if (import.meta.main ?? true) main();
