/**
 * Race condition: ten deposits of 1, and 1 in the account.
 *
 * Ten deposits read the balance, wait for a moment, and write what they have
 * read plus 1. First one after another, then all at once, and then all at once
 * without the wait between reading and writing.
 *
 *     npx tsx examples/race.ts
 */

export const DEPOSITS = 10;
const ASK_MS = 20;

/** An account that notes who reads and writes it, in order. */
export function openAccount() {
  let balance = 0;
  const log: ("read" | "write")[] = [];
  return {
    log,
    read: () => {
      log.push("read");
      return balance;
    },
    write: (amount: number) => {
      log.push("write");
      balance = amount;
    },
  };
}

export type Account = ReturnType<typeof openAccount>;

/** Resolves when the bank agrees. */
export type Bank = () => Promise<void>;

/** Reads, waits for the bank to agree, and writes what was read plus 1. */
export async function depositWithGap(account: Account, agrees: Bank) {
  const before = account.read();
  await agrees();
  account.write(before + 1);
}

/** Waits first. Between reading and writing nobody else gets the thread. */
export async function depositWithoutGap(account: Account, agrees: Bank) {
  await agrees();
  account.write(account.read() + 1);
}

/** A bank that gives one answer to all who ask until it comes. */
function openBank(): Bank {
  let answer: Promise<void> | undefined;
  return () =>
    (answer ??= new Promise((wake) => {
      setTimeout(() => {
        answer = undefined;
        wake();
      }, ASK_MS);
    }));
}

type Deposit = (account: Account, agrees: Bank) => Promise<void>;

/** Ten deposits, each begun when the one before is done. */
export async function inTurn(deposit: Deposit, lane: string) {
  const [account, agrees] = [openAccount(), openBank()];
  const one = () => deposit(account, agrees);
  for (let n = 0; n < DEPOSITS; n++) await measured(one, lane);
  return account;
}

/** Ten deposits, all begun at once. */
export async function atOnce(deposit: Deposit, lane: string) {
  const [account, agrees] = [openAccount(), openBank()];
  const one = () => deposit(account, agrees);
  const all = Array.from({ length: DEPOSITS }, () => measured(one, lane));
  await Promise.all(all);
  return account;
}

async function measured(act: () => Promise<void>, lane: string) {
  const start = performance.now();
  await act();
  performance.measure(lane, { start });
}

/** How often the account was read before it was first written. */
export function readsBeforeWrite({ log }: Account): number {
  return log.indexOf("write");
}

export async function main(): Promise<void> {
  report("in turn", await inTurn(depositWithGap, "in turn"));
  report("at once", await atOnce(depositWithGap, "at once"));
  report("no gap", await atOnce(depositWithoutGap, "no gap"));
}

function report(name: string, account: Account): void {
  const reads = readsBeforeWrite(account);
  const balance = account.read();
  console.log(`${name}: balance ${balance}, first write after ${reads} reads`);
}

if (import.meta.main ?? true) main();
