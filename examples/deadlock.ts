/**
 * Deadlock: two transfers wait for each other, and no error says so.
 *
 * Mina sends money to Jun while Jun sends some to Mina. A transfer locks one
 * account, asks the bank, locks the other one, and moves the money. First each
 * begins with its payer, then both keep to one order, and then the wait for the
 * second lock has a limit. Meanwhile the service answers ten pings.
 *
 *     npx tsx examples/deadlock.ts
 */

export const ACCOUNTS = 2;
const AMOUNT = 10;
const ASK_MS = 20;
const LIMIT_MS = 50;
const PINGS = 10;
const PING_MS = 20;

/** A lock: whoever comes while it is taken waits in a queue. */
export function createLock() {
  const queue: (() => void)[] = [];
  let taken = false;
  const wait = (end: (isTaken: boolean) => void, limit?: number): void => {
    const giveUp = () => {
      queue.splice(queue.indexOf(enter), 1);
      end(false);
    };
    const timeout = limit && setTimeout(giveUp, limit);
    const enter = () => {
      clearTimeout(timeout);
      end(true);
    };
    queue.push(enter);
  };
  return {
    /** Says whether it was had: only a wait with a limit in ms ends without. */
    async take(limit?: number): Promise<boolean> {
      if (taken) return new Promise((end) => wait(end, limit));
      taken = true;
      return true;
    },
    giveBack(): void {
      const next = queue.shift();
      if (next) next();
      else taken = false;
    },
  };
}

export type Account = ReturnType<typeof openAccount>;
export type Pair = [payer: Account, payee: Account];
/** Puts the account in front that is locked first. */
export type Order = (pair: Pair) => [first: Account, second: Account];

/** Each transfer begins with its own payer. */
export const payerFirst: Order = (pair) => pair;

/** Every transfer begins with the account that has the lower number. */
export const lowerFirst: Order = ([payer, payee]) =>
  payer.number < payee.number ? [payer, payee] : [payee, payer];

/** Moves money under both locks, and says whether it had them in time. */
export async function transfer(pair: Pair, order: Order, limit?: number) {
  const [first, second] = order(pair);
  await first.lock.take();
  await timer(ASK_MS);
  const isPaid = await second.lock.take(limit);
  if (isPaid) {
    const [payer, payee] = pair;
    payer.balance -= AMOUNT;
    payee.balance += AMOUNT;
    second.lock.giveBack();
  }
  first.lock.giveBack();
  return isPaid;
}

function openAccount(number: number) {
  return { number, balance: 100, lock: createLock() };
}

/** Accounts in a ring: each pays the next one, and the last pays the first. */
export function pairs(): Pair[] {
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => openAccount(n));
  return accounts.map((one, n) => [one, accounts[(n + 1) % ACCOUNTS]!]);
}

/** Begins all transfers at once. What has come of them is kept up to date. */
export function begin(name: string, order: Order, limit?: number) {
  const outcome = { paid: 0, refused: 0, waiting: ACCOUNTS };
  const start = performance.now();
  for (const pair of pairs()) {
    void transfer(pair, order, limit).then((isPaid) => {
      const answer = isPaid ? "paid" : "refused";
      outcome.waiting--;
      outcome[answer]++;
      performance.measure(`${name}: ${answer}`, { start });
    });
  }
  return outcome;
}

/** Answers a ping. */
export function ping(): Promise<void> {
  return timer(PING_MS);
}

function timer(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

export async function main(): Promise<void> {
  await report("payer first", payerFirst);
  await report("lower first", lowerFirst);
  await report("limit", payerFirst, LIMIT_MS);
}

async function report(name: string, order: Order, limit?: number) {
  const start = performance.now();
  const outcome = begin(name, order, limit);
  for (let n = 0; n < PINGS; n++) await ping();
  const { paid, refused, waiting } = outcome;
  for (let open = waiting; open > 0; open--) {
    performance.measure(`${name}: no answer`, { start });
  }
  console.log(`${name}: ${paid} paid, ${refused} refused, ${waiting} waiting`);
}

if (import.meta.main ?? true) main();
