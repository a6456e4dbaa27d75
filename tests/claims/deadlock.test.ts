import type { Tell } from "#claim";
import {
  atMost,
  claim,
  eachOf,
  exactly,
  inEveryOrder,
  observeProcess,
  tasks,
} from "#claim";
import type * as Deadlock from "../../examples/deadlock.ts";
import {
  begin,
  lowerFirst,
  pairs,
  payerFirst,
  ping,
  transfer,
} from "../../examples/deadlock.ts";

/** As the notes say. */
const PINGS = 10;
const LIMIT_MS = 50;
const AMOUNT = 10;

const two = { transfers: 2, accounts: 2 };
const three = { transfers: 3, accounts: 3 };

const oneOrder = { leavesOut: "the opposite orders: both begin with Mina" };
const ownOrder = { leavesOut: "the order: each begins with its own payer" };
const noLimit = { leavesOut: "the limit: the wait for a lock has no end" };
const giveUp = { leavesOut: "the order: each gives up after a while instead" };

// Both take their first lock in the turn in which they begin. The timers of
// asking are set before those of the last pings, and are no longer, so all that
// can be paid is paid by then, however late the timers are.
claim("stands-still", {
  figure: "transfers that are paid after ten pings",
  unit: "",
  bound: exactly(0),
  subject: async () => (await afterPings(payerFirst)).paid,
  controls: {
    "lower first": {
      ...oneOrder,
      measure: async () => (await afterPings(lowerFirst)).paid,
    },
    "in turn": {
      leavesOut: "the overlap: each begins when the one before is done",
      measure: paidInTurn,
    },
  },
});

// Each ping wakes the loop a time or two, however late. What asks at every turn
// never lets it sleep: a thread that may run for 1 ms turns it oftener. Once in
// eighty runs under load the loop turned 388 times: another try shows it.
claim("has-nothing-to-do", {
  needs: ["the turns of the event loop"],
  figure: "turns of the event loop during ten pings",
  unit: "",
  bound: atMost(100),
  subject: turnsOfDeadlocked,
  controls: {
    "asking again": {
      leavesOut: "the queue: whoever waits asks again and again",
      measure: async () => (await observeProcess(stuckAsking)).turns,
    },
  },
  tries: 3,
});

inEveryOrder("one-order-pays-all", {
  figure: "transfers that are paid, of two",
  unit: "",
  bound: exactly(2),
  subject: paid({ ...two, way: "lowerFirst" }),
  controls: {
    "payer first": {
      ...ownOrder,
      program: paid({ ...two, way: "payerFirst" }),
    },
    limit: {
      ...giveUp,
      program: paid({ ...two, way: "payerFirst", limit: LIMIT_MS }),
    },
  },
});

inEveryOrder("one-order-pays-the-ring", {
  figure: "transfers that are paid, of three in a ring",
  unit: "",
  bound: exactly(3),
  subject: paid({ ...three, way: "lowerFirst" }),
  controls: {
    "payer first": {
      ...ownOrder,
      program: paid({ ...three, way: "payerFirst" }),
    },
  },
});

inEveryOrder("limit-answers-all", {
  figure: "transfers that have an answer, of three",
  unit: "",
  bound: exactly(3),
  subject: eachOf(answered({ limit: LIMIT_MS }), answeredInTime()),
  controls: { "payer first": { ...noLimit, program: answered() } },
});

async function afterPings(order: Deadlock.Order) {
  const outcome = begin("", order);
  await pings();
  return outcome;
}

async function pings(): Promise<void> {
  for (let n = 0; n < PINGS; n++) await ping();
}

/** No number, if the two do not wait until then. */
async function turnsOfDeadlocked(): Promise<number> {
  const run = () => afterPings(payerFirst);
  const { value, turns } = await observeProcess(run);
  return value.waiting === 2 ? turns : NaN;
}

async function paidInTurn(): Promise<number> {
  let paid = 0;
  for (const pair of pairs()) if (await transfer(pair, payerFirst)) paid++;
  return paid;
}

/** Two transfers that hold what the other wants, and ask for it all the time. */
async function stuckAsking(): Promise<void> {
  let isOver = false;
  const all = pairs();
  for (const [{ lock }] of all) {
    let taken = false;
    lock.take = async () => {
      while (taken && !isOver) await new Promise(setImmediate);
      taken = true;
      return true;
    };
  }
  for (const pair of all) void transfer(pair, payerFirst);
  await pings();
  isOver = true;
}

interface Between {
  transfers: number;
  accounts: number;
  way: "payerFirst" | "lowerFirst";
  limit?: number;
}

/** How many transfers are paid. */
function paid(between: Between) {
  return inAnyOrder(between, (answers) => answers.filter(Boolean).length);
}

/**
 * How many get an answer: a transfer, its opposite, and the first again. Whoever
 * gives up unlocks its account, so they are not all refused; where they are,
 * none has waited, and no answer counts.
 */
function answered(limit?: { limit: number }) {
  const between = { transfers: 3, accounts: 2, way: "payerFirst" } as const;
  return inAnyOrder({ ...between, ...limit }, (answers) =>
    answers.includes(true) ? answers.length : 0,
  );
}

/**
 * None of the three counts if one that waits in vain has no answer at its limit,
 * where timers are never late. Above any wait takes any time, so none is too long.
 */
function answeredInTime() {
  return tasks<typeof Deadlock>(
    "deadlock",
    {},
    1,
    async ({ pairs, payerFirst, transfer }) => {
      const pair = pairs()[0]!;
      const [, { lock }] = pair;
      const plain = { ...lock };
      await plain.take();
      const tooLate = new Promise<boolean>((end) => {
        lock.take = (limit) => {
          setTimeout(() => end(true), LIMIT_MS + 1);
          return plain.take(limit);
        };
      });
      const answer = transfer(pair, payerFirst, LIMIT_MS);
      return (await Promise.race([answer, tooLate])) ? 0 : 3;
    },
    0,
  );
}

/**
 * Transfers round a ring of accounts, each of which may begin at any time. None
 * counts if the money is not where the answers say.
 */
function inAnyOrder(
  { transfers, accounts, way, limit }: Between,
  figure: (answers: boolean[]) => number,
) {
  const constants = { ACCOUNTS: accounts, AMOUNT };
  return tasks<typeof Deadlock>(
    "deadlock",
    constants,
    transfers,
    async (deadlock, tell, as) => {
      const ring = deadlock.pairs();
      if (way === "lowerFirst" && !ring.map(deadlock[way]).every(ascends)) {
        return NaN;
      }
      ring.forEach(([payer]) => tellOf(payer, tell));
      const due = ring.map(([payer]) => payer.balance);
      const begin = async (n: number) => {
        await new Promise((wake) => setTimeout(wake));
        const [payer, payee] = ring[n % accounts]!;
        const worth = 2 ** n;
        const pair: Deadlock.Pair = [
          counted(payer, worth),
          counted(payee, worth),
        ];
        const isPaid = await deadlock.transfer(pair, deadlock[way], limit);
        if (isPaid) {
          due[payer.number]! -= AMOUNT * worth;
          due[payee.number]! += AMOUNT * worth;
        }
        return isPaid;
      };
      const all = Array.from({ length: transfers }, (_, n) =>
        as(n + 1, () => begin(n)),
      );
      const answers = await Promise.all(all);
      const isThere = ring.every(
        ([{ balance, number }]) => balance === due[number],
      );
      return isThere ? figure(answers) : 0;
    },
  );
}

/** Whether the account with the lower number is in front. */
function ascends([first, second]: Deadlock.Pair): boolean {
  return first.number < second.number;
}

/**
 * The same account, counted in coins of some worth: all transfers share its
 * balance, and none of them moves what another one moves back.
 */
function counted(account: Deadlock.Account, worth: number): Deadlock.Account {
  return {
    ...account,
    get balance() {
      return account.balance / worth;
    },
    set balance(coins) {
      account.balance = coins * worth;
    },
  };
}

const OWNERS = ["Mina", "Jun", "Sora"];

/** Has a lock tell who takes it, waits for it, and gives it back. */
function tellOf({ lock, number }: Deadlock.Account, tell: Tell): void {
  const plain = { ...lock };
  const account = `${OWNERS[number]}'s account`;
  let users = 0;
  lock.take = async (limit) => {
    const waits = users++ > 0;
    tell(waits ? `waits for ${account}` : `locks ${account}`);
    const isTaken = await plain.take(limit);
    if (!isTaken) users--;
    if (waits) tell(isTaken ? `locks ${account}` : `gives up ${account}`);
    return isTaken;
  };
  lock.giveBack = () => {
    users--;
    tell(`unlocks ${account}`);
    plain.giveBack();
  };
}
