/**
 * Finding the blocking call: a report computes for 50 ms, a query waits as
 * long, a third call computes in pieces. What do the loop's meters and a
 * watchdog on another thread say of them?
 *
 *     npx tsx examples/blocking-the-loop.ts
 */
import { once } from "node:events";
import { Session } from "node:inspector/promises";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import * as threads from "node:worker_threads";

const CALL_MS = 50;
const QUERY_MS = 10;
const PIECE_MS = 5;
const SAMPLE_MS = 10;
const LATE_MS = 20;
export type Call = (ms: number) => Promise<void>;

function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Holds the loop, whatever its `async` says. */
export async function makeReport(ms: number): Promise<void> {
  compute(ms);
}

/** Waits. */
export async function askDatabase(ms: number): Promise<void> {
  await sleep(ms);
}

/** Lets the loop turn after each piece. */
export async function makeInPieces(ms: number): Promise<void> {
  for (let done = 0; done < ms; done += PIECE_MS) {
    compute(PIECE_MS);
    await new Promise((turn) => setImmediate(turn));
  }
}

/** What the loop's own meters say of a call. */
export async function readMeters(
  call: Call,
  name = "call",
  delay = monitorEventLoopDelay({ resolution: SAMPLE_MS }),
) {
  delay.enable();
  while (delay.count === 0) await sleep(SAMPLE_MS); // Now it measures.
  const samples = delay.count;
  const before = performance.eventLoopUtilization();
  const start = performance.now();
  await call(CALL_MS);
  performance.measure(name, { start });
  const { utilization } = performance.eventLoopUtilization(before);
  const after = delay.count;
  while (delay.count === after) await sleep(SAMPLE_MS); // The late one is in.
  delay.disable();
  return { longest: delay.max / 1e6, meanwhile: after - samples, utilization };
}

/** Three queries beside a report. How long does each query take? */
export async function rush(report: Call, ms = CALL_MS): Promise<number[]> {
  const start = performance.now();
  const queries = [1, 2, 3].map(async (number) => {
    await askDatabase(QUERY_MS);
    return performance.measure(`query ${number}`, { start }).duration;
  });
  await report(ms);
  return Promise.all(queries);
}

/** On another thread: reads the main stack when no beat has come. */
async function lookOut(beat: Int32Array, port: threads.MessagePort) {
  const session = new Session();
  session.connectToMainThread();
  session.on("Debugger.paused", ({ params }) => {
    performance.mark("watchdog");
    const names = params.callFrames.map((frame) => frame.functionName);
    port.postMessage(names.filter(Boolean).join(" < "));
    session.post("Debugger.resume");
  });
  threads.parentPort!.ref(); // Or the thread would end here.
  await session.post("Debugger.enable");
  setInterval(() => {
    if (Atomics.exchange(beat, 0, 0) === 0) session.post("Debugger.pause");
  }, LATE_MS);
  threads.parentPort!.postMessage("ready");
}

/** Sends the stacks that are found. */
export async function openWatchdog() {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const { port1: stacks, port2: port } = new threads.MessageChannel();
  const beats = setInterval(() => Atomics.store(beat, 0, 1), LATE_MS / 4);
  const worker = new threads.Worker(new URL(import.meta.url), {
    workerData: { beat, port },
    transferList: [port],
  });
  await once(worker, "message");
  const close = async () => {
    await sleep(LATE_MS); // A stack that was sent arrives.
    clearInterval(beats);
    await worker.terminate();
  };
  return { stacks, close };
}

export async function main(): Promise<void> {
  const watchdog = await openWatchdog();
  watchdog.stacks.on("message", (stack) => console.log(`watchdog: ${stack}`));
  const timer = setInterval(() => performance.mark("timer"), SAMPLE_MS);
  const ways = { report: makeReport, query: askDatabase, pieces: makeInPieces };
  for (const [name, call] of Object.entries(ways)) {
    const { longest, meanwhile, utilization } = await readMeters(call, name);
    const late = `longest delay ${longest.toFixed()} ms`;
    const used = `utilization ${(100 * utilization).toFixed()} %`;
    console.log(`${name}: ${meanwhile} samples meanwhile, ${late}, ${used}`);
  }
  clearInterval(timer);
  await watchdog.close();
  const took = (await rush(makeReport)).map((ms) => ms.toFixed());
  console.log(`queries of ${QUERY_MS} ms: ${took.join(", ")} ms`);
}

const { beat, port } = threads.workerData ?? {};
if (!threads.isMainThread) lookOut(beat, port);
else if (import.meta.main ?? true) main();
