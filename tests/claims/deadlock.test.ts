import type { Tell } from "#claim";
import {
  claim,
  cpuAgainstComputing,
  exactly,
  inEveryOrder,
  lessThan,
  tasks,
} from "#claim";
import type * as Deadlock from "../../examples/deadlock.ts";
import {
  LIMIT_MS,
  lowerFirst,
  pairs,
  payerFirst,
  settle,
  transfer,
} from "../../examples/deadlock.ts";

const STUCK_MS = 200;

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
  subject: async () => (await settle("payer first", payerFirst)).paid,
  controls: {
    "lower first": {
      ...oneOrder,
      measure: async () => (await settle("lower first", lowerFirst)).paid,
    },
    "in turn": {
      leavesOut: "the overlap: each begins when the one before is done",
      measure: paidInTurn,
    },
  },
});

// A thread that sleeps sleeps under load too, and one that asks never does.
claim("uses-no-cpu", {
  needs: ["the CPU time of a thread"],
  figure: "CPU time, in percent of a computation of the same length",
  unit: "%",
  bound: lessThan(25),
  subject: () =>
    cpuAgainstComputing(async () => {
      await settle("payer first", payerFirst);
    }),
  controls: {
    "asking again": {
      leavesOut: "the queue: whoever waits asks again and again",
      measure: () => cpuAgainstComputing(stuckAsking),
    },
  },
});

inEveryOrder("one-order-pays-all", {
  figure: "transfers that are paid, of two",
  unit: "",
  bound: exactly(2),
  subject: paid(2, "lowerFirst"),
  controls: {
    "payer first": { ...ownOrder, program: paid(2, "payerFirst") },
    limit: { ...giveUp, program: paid(2, "payerFirst", LIMIT_MS) },
  },
});

inEveryOrder("one-order-pays-the-ring", {
  figure: "transfers that are paid, of three in a ring",
  unit: "",
  bound: exactly(3),
  subject: paid(3, "lowerFirst"),
  controls: {
    "payer first": { ...ownOrder, program: paid(3, "payerFirst") },
  },
});

inEveryOrder("limit-answers-all", {
  figure: "transfers that have an answer, of two",
  unit: "",
  bound: exactly(2),
  subject: answered(LIMIT_MS),
  controls: { "payer first": { ...noLimit, program: answered() } },
});

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
  await new Promise((wake) => setTimeout(wake, STUCK_MS));
  isOver = true;
}

type Way = "payerFirst" | "lowerFirst";

/** How many transfers of a ring are paid; each may begin at any time. */
function paid(count: number, way: Way, limit?: number) {
  return ring(count, way, limit, (ends) => ends.filter(Boolean).length);
}

/** How many come to an end. */
function answered(limit?: number) {
  return ring(2, "payerFirst", limit, (ends) => ends.length);
}

function ring(
  count: number,
  way: Way,
  limit: number | undefined,
  figure: (ends: boolean[]) => number,
) {
  const constants = { ACCOUNTS: count };
  return tasks<typeof Deadlock>(
    "deadlock",
    constants,
    count,
    async (deadlock, tell) => {
      const begin = async (pair: Deadlock.Pair) => {
        await new Promise((wake) => setTimeout(wake));
        return deadlock.transfer(pair, deadlock[way], limit);
      };
      const all = deadlock.pairs();
      // Who gives up lets another in at once: one step of two tasks.
      if (limit === undefined) all.forEach(([payer]) => tellOf(payer, tell));
      return figure(await Promise.all(all.map(begin)));
    },
  );
}

const OWNERS = ["Mina", "Jun", "Sora"];

/** Has a lock tell who takes it, waits for it, and gives it back. */
function tellOf({ lock, number }: Deadlock.Account, tell: Tell): void {
  const { take, giveBack } = lock;
  let users = 0;
  lock.take = () => {
    const does = users++ === 0 ? "locks" : "waits for";
    tell(`${does} ${OWNERS[number]}'s account`);
    return take();
  };
  lock.giveBack = () => {
    users--;
    tell("pays and unlocks both accounts");
    giveBack();
  };
}
