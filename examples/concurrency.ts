/**
 * Concurrency: one cook, many pots.
 *
 * Each of four dishes is prepared, simmers, and is served. To prepare and to
 * serve is work, and takes the cook: the only thread. To simmer is a wait.
 * The cook makes the dishes in turn, then all at once, and then all at once
 * again, but watching every pot.
 *
 *     npx tsx examples/concurrency.ts
 */

const DISHES = 4;
const SIMMER_MS = 100;
const ROOTS = 5_000_000;

/** The pots on the stove, what was done beside one, and what it came to. */
type Kitchen = { way: string; pots: number; beside: number; sum: number };
type Wait = (kitchen: Kitchen) => void | Promise<void>;

/** The pot simmers by itself. The cook is free until it is done. */
export async function simmer(kitchen: Kitchen): Promise<void> {
  const start = performance.now();
  kitchen.pots++;
  await new Promise((done) => setTimeout(done, SIMMER_MS));
  kitchen.pots--;
  performance.measure(`pots, ${kitchen.way}`, { start });
}

/** The pot simmers, and the cook looks into it until it is done. */
export function watch(kitchen: Kitchen): void {
  const start = performance.now();
  while (performance.now() < start + SIMMER_MS);
  performance.measure(`pots, ${kitchen.way}`, { start });
}

/** The cook computes, and can do nothing else meanwhile. */
function work(kitchen: Kitchen): void {
  if (kitchen.pots > 0) kitchen.beside++;
  const start = performance.now();
  let sum = 0;
  for (let n = 0; n < ROOTS; n++) sum += Math.sqrt(n);
  kitchen.sum += sum;
  performance.measure(`cook, ${kitchen.way}`, { start });
}

async function cook(kitchen: Kitchen, wait: Wait): Promise<void> {
  work(kitchen);
  await wait(kitchen);
  work(kitchen);
}

const kitchenOf = (way: string) => ({ way, pots: 0, beside: 0, sum: 0 });

/** Begins a dish when the one before is served. */
export async function inTurn(way: string, dishes = DISHES): Promise<number> {
  const kitchen = kitchenOf(way);
  for (let dish = 0; dish < dishes; dish++) await cook(kitchen, simmer);
  return kitchen.beside;
}

/** Begins the next dish as soon as the cook has a hand free. */
export async function atOnce(way: string, wait: Wait): Promise<number> {
  const kitchen = kitchenOf(way);
  const dish = () => cook(kitchen, wait);
  await Promise.all(Array.from({ length: DISHES }, dish));
  return kitchen.beside;
}

export async function main(): Promise<void> {
  await report("in turn", inTurn);
  await report("at once", (way) => atOnce(way, simmer));
  await report("watched", (way) => atOnce(way, watch));
}

async function report(way: string, make: (way: string) => Promise<number>) {
  const start = performance.now();
  const work = `${await make(way)} of ${2 * DISHES} pieces of work`;
  const ms = (performance.now() - start).toFixed();
  console.log(`${way}: ${ms} ms, ${work} beside a pot`);
}

if (import.meta.main ?? true) main();
