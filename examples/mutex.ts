/**
 * Mutex: one at a time, so that nobody writes over what another has written.
 *
 * Ten deposits ask the bank, which takes a while, and then read the balance,
 * wait for the disk, and write it. First nothing guards the account, then a
 * mutex guards reading and writing, and then it guards the whole deposit.
 *
 *     npx tsx examples/mutex.ts
 */

export const DEPOSITS = 10;
const ASK_MS = 30;
const DISK_MS = 10;

/** A lock: whoever comes while it is taken waits, in the order of coming. */
export function createMutex() {
  let last: Promise<unknown> = Promise.resolve();
  return function exclusively<T>(act: () => Promise<T>): Promise<T> {
    const done = last.then(act);
    // The next one's turn comes when this one is over, however it ends.
    last = done.catch(() => {});
    return done;
  };
}

export type Guard = <T>(act: () => Promise<T>) => Promise<T>;

/** Lets everybody in: no guard at all. */
export const unguarded: Guard = (act) => act();

/** What ten deposits did, with their stretches in ms. */
export interface Outcome {
  balance: number;
  asking: PerformanceMeasure[];
  writing: PerformanceMeasure[];
  /** The deposits by their number, as they came to the account. */
  came: number[];
  /** The same, as they wrote. */
  wrote: number[];
}

/** Ten deposits at once. `inner` guards the account, `outer` all of each. */
export async function depositAll(
  name: string,
  inner: Guard,
  outer: Guard = unguarded,
): Promise<Outcome> {
  let balance = 0;
  const asking: PerformanceMeasure[] = [];
  const writing: PerformanceMeasure[] = [];
  const came: number[] = [];
  const wrote: number[] = [];
  const deposit = async (n: number) => {
    const asked = performance.now();
    await timer(ASK_MS);
    asking.push(performance.measure(`${name}: ask`, { start: asked }));
    came.push(n);
    await inner(async () => {
      const start = performance.now();
      const before = balance;
      await timer(DISK_MS);
      balance = before + 1;
      wrote.push(n);
      writing.push(performance.measure(`${name}: write`, { start }));
    });
  };
  const numbers = Array.from({ length: DEPOSITS }, (_, n) => n);
  await Promise.all(numbers.map((n) => outer(() => deposit(n))));
  return { balance, asking, writing, came, wrote };
}

function timer(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

export async function main(): Promise<void> {
  await report("no mutex", unguarded);
  await report("mutex", createMutex());
  await report("all in it", unguarded, createMutex());
}

async function report(name: string, inner: Guard, outer?: Guard) {
  const start = performance.now();
  const { balance } = await depositAll(name, inner, outer);
  const ms = (performance.now() - start).toFixed();
  console.log(`${name}: balance ${balance} after ${ms} ms`);
}

if (import.meta.main ?? true) main();
