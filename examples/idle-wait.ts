/**
 * Idle waiting: resting until it is time, instead of asking.
 *
 * Two ways to rest for 120 ms, beside a neighbour that wants a turn every
 * 20 ms: one keeps the thread, the other hands it back. Then two pollers look
 * for an answer that comes after 200 ms and wakes nobody.
 *
 *     npx tsx examples/idle-wait.ts
 */

const WAIT_MS = 120;
const TURN_MS = 20;
const FIRST_PAUSE_MS = 10;
const READY_MS = 200;

/** Rests, and keeps the thread: nothing else runs on it meanwhile. */
export function blockingWait(ms: number): void {
  const nobodyWakesMe = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(nobodyWakesMe, 0, 0, ms);
}

/** Rests, and hands the thread back: others run on it meanwhile. */
export function awaitedWait(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

/** Looks, and rests between its looks, until an answer has come. */
export async function poll(name: string, growth: number) {
  let looks = 0;
  let readyAt = Infinity;
  setTimeout(() => (readyAt = performance.now()), READY_MS);
  const isReady = () => {
    performance.mark("look", { detail: { devtools: { track: name } } });
    looks++;
    return readyAt < Infinity;
  };
  for (let pause = FIRST_PAUSE_MS; !isReady(); pause *= growth) {
    await awaitedWait(pause);
  }
  const { duration } = performance.measure("unnoticed", { start: readyAt });
  return { looks, late: duration };
}

/** Waits once beside a neighbour that would like a turn every 20 ms. */
export async function observe(name: string, wait: (ms: number) => unknown) {
  let turns = 0;
  const neighbour = setInterval(() => {
    turns++;
    performance.mark("neighbour");
  }, TURN_MS);
  const cpu = globalThis.process?.cpuUsage?.();
  const start = performance.now();
  await wait(WAIT_MS);
  performance.measure(name, { start });
  const used = globalThis.process?.cpuUsage?.(cpu);
  clearInterval(neighbour);
  return { cpu: used && (used.user + used.system) / 1000, turns };
}

export async function main(): Promise<void> {
  if (!globalThis.SharedArrayBuffer) console.log("No SharedArrayBuffer here");
  else await reportWait("blocking wait", blockingWait);
  await reportWait("awaited wait", awaitedWait);
  await reportPoll("fixed pause", 1);
  await reportPoll("doubling pause", 2);
}

async function reportWait(name: string, wait: (ms: number) => unknown) {
  const { cpu, turns } = await observe(name, wait);
  const spent = cpu === undefined ? "not told" : `${cpu.toFixed(1)} ms`;
  console.log(`${name}: CPU time ${spent}, neighbour ${turns} turns`);
}

async function reportPoll(name: string, growth: number) {
  const { looks, late } = await poll(name, growth);
  console.log(`${name}: ${looks} looks, noticed ${late.toFixed()} ms late`);
}

if (import.meta.main ?? true) main();
