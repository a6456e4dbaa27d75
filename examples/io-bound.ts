/**
 * I/O-bound work: it takes long, and the processor has next to nothing to do.
 *
 * Eight calls to another machine, which a timer plays here: one after the
 * other, then all at once. Eight computations, started at once as well. And
 * in Node, eight reads of a real file: the one that you are looking at.
 *
 *     npx tsx examples/io-bound.ts
 */

const TASKS = 8;
export const WAIT_MS = 40;
const PRIMES_BELOW = 150_000;

/** Measures itself, from what it asks for to what it has got. */
type Task = (lane: string) => Promise<unknown>;

/** There is nothing to do here until the answer comes from there. */
export async function call(lane: string, ms = WAIT_MS): Promise<void> {
  const start = performance.now();
  await new Promise((answer) => setTimeout(answer, ms));
  performance.measure(lane, { start });
}

/** There is nothing to wait for: all of it is to be done here. */
export async function compute(lane: string): Promise<number> {
  const start = performance.now();
  let primes = 0;
  for (let n = 2; n < PRIMES_BELOW; n++) if (isPrime(n)) primes++;
  performance.measure(lane, { start });
  return primes;
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** Makes a task that reads this file, where there are files to read. */
export async function fileReader(): Promise<Task | undefined> {
  if (!globalThis.process?.versions?.node) return undefined;
  const { readFile } = await import("node:fs/promises");
  return async (lane) => {
    const start = performance.now();
    await readFile(new URL(import.meta.url));
    performance.measure(lane, { start });
  };
}

export async function inTurn(lane: string, task: Task): Promise<void> {
  for (let n = 0; n < TASKS; n++) await task(lane);
}

export async function atOnce(lane: string, task: Task): Promise<void> {
  await Promise.all(Array.from({ length: TASKS }, () => task(lane)));
}

export async function main(): Promise<void> {
  await report("calls in turn", inTurn, call);
  await report("calls at once", atOnce, call);
  await report("computations at once", atOnce, compute);
  const read = await fileReader();
  if (read) await report("file reads at once", atOnce, read);
  else console.log("(CPU time and file reads: not here)");
}

async function report(lane: string, run: typeof atOnce, task: Task) {
  const cpu = globalThis.process?.cpuUsage?.();
  const start = performance.now();
  await run(lane, task);
  const wall = performance.now() - start;
  const used = globalThis.process?.cpuUsage?.(cpu);
  const spent = used && (used.user + used.system) / 1000;
  const cost = spent === undefined ? "" : `, ${spent.toFixed()} ms of CPU`;
  console.log(`${lane}: ${wall.toFixed()} ms${cost}`);
}

if (import.meta.main ?? true) main();
