/**
 * Busy waiting: asking "is it time yet?" until it is.
 *
 * Three ways to let 200 ms go by. The busy wait keeps asking. The poller asks,
 * sleeps, and asks again. The timer asks to be woken. Beside each runs a
 * neighbour that wants a turn every 20 ms, and shows who lets it have one.
 *
 *     npx tsx examples/busy-wait.ts
 */

const WAIT_MS = 200;
const POLL_MS = 300;
const TURN_MS = 20;

/** Waits by looking at the clock until the time has come. */
export function busyWait(ms: number): void {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) {
    // Nothing to do but ask again.
  }
}

/** Waits by looking at the clock now and then, and sleeping in between. */
export async function pollWait(ms: number, pause = POLL_MS): Promise<void> {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) await timerWait(pause);
}

/** Waits by handing the thread back and asking to be woken. */
export function timerWait(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

type Wait = (ms: number) => void | Promise<void>;

/** What a wait cost. Times are in ms; a browser does not tell the CPU time. */
export type Cost = { late: number; cpu: number | undefined; turns: number };

/** Waits once beside a neighbour that would like a turn every 20 ms. */
export async function observe(
  name: string,
  wait: Wait,
  ms = WAIT_MS,
): Promise<Cost> {
  let turns = 0;
  const neighbour = setInterval(() => {
    turns++;
    performance.mark("neighbour");
  }, TURN_MS);

  const cpu = globalThis.process?.cpuUsage?.();
  const start = performance.now();
  await wait(ms);
  const { duration } = performance.measure(name, { start });
  const used = globalThis.process?.cpuUsage?.(cpu);

  clearInterval(neighbour);
  const spent = used && (used.user + used.system) / 1000;
  return { late: duration - ms, cpu: spent, turns };
}

export async function main(): Promise<void> {
  report("busy wait", await observe("busy wait", busyWait));
  report("poll", await observe("poll", pollWait));
  report("timer", await observe("timer", timerWait));
  if (!globalThis.process?.cpuUsage) console.log("(CPU time: not told here)");
}

function report(name: string, { late, cpu, turns }: Cost): void {
  const spent = cpu === undefined ? "" : `, ${cpu.toFixed()} ms of CPU`;
  // A timer can be early by a hair: that is 0, not -0.
  const lateness = Number(late.toFixed(1)) || 0;
  console.log(
    `${name.padEnd(9)} ${lateness} ms late${spent}, neighbour: ${turns} turns`,
  );
}

if (import.meta.main ?? true) main();
