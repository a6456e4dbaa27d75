/**
 * Synchronous: one step after the other.
 *
 * Three steps of 90, 60 and 30 ms, run in three ways: called in turn, awaited
 * in turn, and started together. Beside them a neighbour wants a turn every
 * 20 ms, and shows who lets it have one.
 *
 *     npx tsx examples/synchronous.ts
 */

const TURN_MS = 20;
const STEPS = [
  { name: "read", ms: 90 },
  { name: "convert", ms: 60 },
  { name: "write", ms: 30 },
];

type Step = { name: string; ms: number };
/** Runs the steps, and notes each one when it is done. */
type Way = (done: string[]) => void | Promise<void>;

/** Each step starts when the one before has returned. */
export function calledInTurn(done: string[]): void {
  for (const step of STEPS) block(step, done);
}

/** Each step starts when the one before is done; the thread is free. */
export async function awaitedInTurn(done: string[]): Promise<void> {
  for (const step of STEPS) await rest(step, done);
}

/** All steps start at once. */
export async function startedTogether(done: string[]): Promise<void> {
  await Promise.all(STEPS.map((step) => rest(step, done)));
}

/** A step that keeps the thread until it is done. */
function block({ name, ms }: Step, done: string[]): void {
  const start = performance.now();
  while (performance.now() < start + ms);
  performance.measure(name, { start });
  done.push(name);
}

/** A step that leaves the thread to others until it is done. */
async function rest({ name, ms }: Step, done: string[]): Promise<void> {
  const start = performance.now();
  await new Promise((wake) => setTimeout(wake, ms));
  performance.measure(name, { start });
  done.push(name);
}

/** Goes one way, beside a neighbour that would like a turn every 20 ms. */
export async function observe(way: Way) {
  let turns = 0;
  const neighbour = setInterval(() => {
    turns++;
    performance.mark("neighbour");
  }, TURN_MS);
  const done: string[] = [];
  const start = performance.now();
  await way(done);
  const total = performance.now() - start;
  clearInterval(neighbour);
  return { total, done, turns };
}

export async function main(): Promise<void> {
  await report("called in turn", calledInTurn);
  await report("awaited in turn", awaitedInTurn);
  await report("started together", startedTogether);
}

async function report(name: string, way: Way): Promise<void> {
  const { total, done, turns } = await observe(way);
  console.log(`${name}: ${done.join(", ")} in ${total.toFixed()} ms`);
  console.log(`  neighbour: ${turns} turns`);
}

if (import.meta.main ?? true) main();
