/**
 * Semaphore: a set number at a time, and the others wait for a permit.
 *
 * Twelve calls go to an API that answers three at a time and refuses the rest
 * with 429. First nothing holds them back, then a semaphore of three does, and
 * then one of a single permit.
 *
 *     npx tsx examples/semaphore.ts
 */

export const CALLS = 12;
export const LIMIT = 3;
const ANSWER_MS = 20;

/** Permits: whoever finds none left waits in a queue for the next one. */
export function createSemaphore(permits: number) {
  const queue: (() => void)[] = [];
  return {
    async acquire(): Promise<void> {
      if (permits > 0) permits--;
      else await new Promise<void>((enter) => queue.push(enter));
    },
    release(): void {
      const next = queue.shift();
      if (next) next();
      else permits++;
    },
  };
}

export type Semaphore = ReturnType<typeof createSemaphore>;

/** Gives whoever gets in a release of its own, which works once. */
export async function enter(semaphore: Semaphore) {
  await semaphore.acquire();
  let isInside = true;
  return function leave(): void {
    if (isInside) semaphore.release();
    isInside = false;
  };
}

/** Lets an act begin, at once or later. */
export type Door = <T>(act: () => Promise<T>) => Promise<T>;

/** Lets everybody in at once. */
export const openDoor: Door = (act) => act();

/** Lets in as many at a time as the semaphore has permits. */
export function doorOf(semaphore: Semaphore): Door {
  return async (act) => {
    const leave = await enter(semaphore);
    try {
      return await act();
    } finally {
      leave();
    }
  };
}

/** Twelve calls at once, each with its status and how long it was under way. */
export async function callAll(name: string, door: Door) {
  let inside = 0;
  const call = async () => {
    const start = performance.now();
    const isRefused = ++inside > LIMIT;
    await new Promise((wake) => setTimeout(wake, ANSWER_MS));
    inside--;
    const status = isRefused ? 429 : 200;
    return performance.measure(`${name}: ${status}`, { start });
  };
  return Promise.all(Array.from({ length: CALLS }, () => door(call)));
}

export async function main(): Promise<void> {
  await report("no semaphore", openDoor);
  await report("three permits", doorOf(createSemaphore(LIMIT)));
  await report("one permit", doorOf(createSemaphore(1)));
}

async function report(name: string, door: Door): Promise<void> {
  const calls = await callAll(name, door);
  const refused = calls.filter((call) => call.name.endsWith("429")).length;
  const ends = calls.map((call) => call.startTime + call.duration);
  const took = (Math.max(...ends) - calls[0]!.startTime).toFixed();
  const answered = CALLS - refused;
  console.log(`${name}: ${answered} answered, ${refused} refused, ${took} ms`);
}

if (import.meta.main ?? true) main();
