/**
 * Lease: a lock that expires, so that nobody waits for a dead owner forever.
 *
 * Two servers take the next invoice from a list and send it, one at a time: the
 * work takes 10 ms, and the lock expires after 15. Then the first server pauses
 * for 20 ms in its work, and then the list refuses whoever is out of date.
 *
 *     npx tsx examples/lease.ts
 */

const PAUSE_MS = 20;
const COME_MS = 30;
const WORK_MS = 10;
const LEASE_MS = 15;

/** Whoever gets in has a token: a number higher than any before. */
export type Lock = (act: (token: number) => Promise<void>) => Promise<void>;

/** The next one gets in when this one is done, or when its time is up. */
export function createLock(expiry: () => Promise<void>): Lock {
  let last = Promise.resolve();
  let tokens = 0;
  return (act) => {
    const done = last.then(() => act(++tokens));
    const expired = last.then(expiry);
    last = Promise.race([done.catch(() => {}), expired]);
    return done;
  };
}

export const lease = () => timer(LEASE_MS);
export const never = () => new Promise<void>(() => {});

export type Fence = (token: number) => void;

/** Lets no token pass that is older than the newest it has seen. */
export function createFence(): Fence {
  let newest = 0;
  return (token) => {
    if (token < newest) throw new Error(`Token ${token} is out of date.`);
    newest = token;
  };
}

export const noFence: Fence = () => {};

/** The invoices. All servers share it, and none of them owns it. */
export function openList(atRead = noFence, atSend = atRead) {
  const sent: number[] = [];
  let next = 1;
  return {
    sent,
    next(token: number): number {
      atRead(token);
      return next;
    },
    send(token: number, invoice: number): void {
      atSend(token);
      sent.push(invoice);
      next = invoice + 1;
    },
  };
}

export type List = ReturnType<typeof openList>;

/** A server takes the next invoice and sends it, under the lock. */
export async function serve(
  server: number,
  lock: Lock,
  list: List,
  { name = "", pauseMs = 0 } = {},
): Promise<void> {
  await timer(COME_MS);
  await lock(async (token) => {
    const invoice = list.next(token);
    const start = performance.now();
    await timer(WORK_MS + pauseMs);
    const devtools = { track: `server ${server}` };
    performance.measure(name, { start, detail: { devtools } });
    list.send(token, invoice);
  });
}

function timer(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

export async function main(): Promise<void> {
  await report("no pause", openList());
  await report("pause", openList(), PAUSE_MS);
  await report("pause, fence", openList(createFence()), PAUSE_MS);
}

async function report(name: string, list: List, pauseMs = 0): Promise<void> {
  const lock = createLock(lease);
  const ends = await Promise.allSettled([
    serve(1, lock, list, { name, pauseMs }),
    serve(2, lock, list, { name }),
  ]);
  const refused = ends.filter(({ status }) => status === "rejected").length;
  const sent = list.sent.join(" and ");
  console.log(`${name}: sent invoice ${sent}, refused ${refused}`);
}

if (import.meta.main ?? true) main();
