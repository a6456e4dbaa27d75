/**
 * The event loop: in which order one thread takes what there is to do.
 *
 * First a call asks for a timer of 0 ms, then for microtasks, and goes on.
 * Then such a timer repeats beside four neighbours: who lets it have a turn?
 *
 *     npx tsx examples/event-loop.ts
 */

const CALL_MS = 20;
const STEP_MS = 5;
const STEPS = 6;

/** Keeps the thread, as every computation does. */
function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Gives the thread back: what awaits it goes on in a task of its own. */
function task(ms = 0): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Computes in steps. What it awaits after each decides who gets a turn. */
export async function chain(link: () => Promise<void>): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    compute(STEP_MS);
    await link();
  }
}

export const neighbours = {
  "computing call": () => compute(CALL_MS),
  "awaiting call": () => task(CALL_MS),
  "chain of microtasks": () => chain(async () => {}),
  "chain of tasks": () => chain(() => task()),
};
type Name = keyof typeof neighbours;

/** Counts the turns that a timer of 0 ms gets before its neighbour ends. */
export async function turnsBeside(name: Name): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
    performance.mark("timer");
  }, 0);
  const start = performance.now();
  await neighbours[name]();
  performance.measure(name, { start });
  const before = turns;
  await task(); // Whoever had to wait has a turn now.
  clearInterval(timer);
  return before;
}

/** Asks for a timer, then for microtasks, and ends. What runs when? */
export async function order(later = queueMicrotask): Promise<string[]> {
  const ran: string[] = [];
  const run = (lane: string, name = lane) => {
    const start = performance.now();
    compute(STEP_MS);
    performance.measure(lane, { start });
    ran.push(name);
  };
  setTimeout(() => run("timer"), 0);
  later(() => {
    later(() => run("microtask", "microtask of the first"));
    run("microtask", "first microtask");
  });
  Promise.resolve().then(() => run("microtask", "second microtask"));
  run("call");
  while (ran.length < 5) await task();
  return ran;
}

export async function main(): Promise<void> {
  console.log(`order: ${(await order()).join(", ")}`);
  for (const name of Object.keys(neighbours) as Name[]) {
    console.log(`${name}: the timer got ${await turnsBeside(name)} turns`);
  }
}

if (import.meta.main ?? true) main();
