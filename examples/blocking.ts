/**
 * Blocking: who has the thread while a call is under way.
 *
 * Three calls, which a server answers after 40 ms each. They are made one by
 * one or all at once, and waited for with the thread or without it: four ways.
 * A neighbour that wants a turn every 10 ms shows who has the thread. At last
 * the calls are only asked whether they are done, over and over.
 *
 *     npx tsx examples/blocking.ts
 */
import * as threads from "node:worker_threads";

export const CALL_MS = 40;
export const TURN_MS = 10;
export const CALLS = 3;

/** Memory shared with the server: 0 until the answer is there. */
type Call = Int32Array;
type Wait = (call: Call) => void | Promise<void>;
type Order = (call: () => Call, wait: Wait) => Promise<void>;

/** Synchronous: the next call is made when the answer to this one is there. */
export async function oneByOne(call: () => Call, wait: Wait): Promise<void> {
  for (let n = 0; n < CALLS; n++) await wait(call());
}

/** Asynchronous: the next call is made at once. */
export async function allAtOnce(call: () => Call, wait: Wait): Promise<void> {
  const calls = Array.from({ length: CALLS }, call);
  for (const made of calls) await wait(made);
}

/** Keeps the thread until the answer is there. */
export function blocking(call: Call): void {
  Atomics.wait(call, 0, 0);
}

/** The same wait, but the thread is free until the answer is there. */
export async function nonBlocking(call: Call): Promise<void> {
  await Atomics.waitAsync(call, 0, 0).value;
}

/** Asks again and again. No question blocks: each is answered at once. */
export function asking(call: Call): void {
  while (Atomics.load(call, 0) === 0);
}

/** Makes three calls, beside a neighbour that wants a turn every 10 ms. */
export async function observe(
  server: threads.Worker,
  track: string,
  order: Order,
  wait: Wait,
  ms = CALL_MS,
) {
  const open = new Int32Array(new SharedArrayBuffer(8));
  let turns = 0;
  const neighbour = setInterval(() => {
    turns++;
    performance.mark("neighbour");
  }, TURN_MS);
  const starts = new Map<Call, number>();
  const call = () => {
    const made = new Int32Array(new SharedArrayBuffer(4));
    starts.set(made, performance.now());
    server.postMessage({ made, open, ms });
    return made;
  };
  await order(call, async (made) => {
    await wait(made);
    const detail = { devtools: { track } };
    performance.measure("call", { start: starts.get(made)!, detail });
  });
  clearInterval(neighbour);
  return { most: open[1]!, turns };
}

/** Starts the server, which is a thread of its own. */
export async function startServer(): Promise<threads.Worker> {
  const server = new threads.Worker(new URL(import.meta.url));
  await new Promise((ready, fail) => {
    server.once("message", ready);
    server.once("error", fail);
  });
  return server;
}

/** What the server does. It counts the calls that it has open at once. */
function serve(): void {
  threads.parentPort!.on("message", ({ made, open, ms }) => {
    open[1] = Math.max(open[1], ++open[0]);
    setTimeout(() => {
      open[0]--;
      Atomics.store(made, 0, 1);
      Atomics.notify(made, 0);
    }, ms);
  });
  threads.parentPort!.postMessage("ready");
}

export async function main(): Promise<void> {
  if (!globalThis.SharedArrayBuffer) {
    console.log("No SharedArrayBuffer here");
    return;
  }
  const server = await startServer();
  const report = async (name: string, order: Order, wait: Wait) => {
    const { most, turns } = await observe(server, name, order, wait);
    console.log(`${name}: ${most} open at once, neighbour ${turns} turns`);
  };
  await report("synchronous, blocking", oneByOne, blocking);
  await report("synchronous, non-blocking", oneByOne, nonBlocking);
  await report("asynchronous, blocking", allAtOnce, blocking);
  await report("asynchronous, non-blocking", allAtOnce, nonBlocking);
  await report("asking over and over", allAtOnce, asking);
  await server.terminate();
}

if (!threads.isMainThread) serve();
else if (import.meta.main ?? true) main();
