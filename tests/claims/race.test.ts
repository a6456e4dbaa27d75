import type { Tell } from "#claim";
import { claim, exactly, inEveryOrder, tasks } from "#claim";
import type * as Race from "../../examples/race.ts";
import {
  atOnce,
  depositWithGap,
  depositWithoutGap,
  inTurn,
  readsBeforeWrite,
} from "../../examples/race.ts";

const overlap = {
  leavesOut: "the overlap: each deposit begins when the one before is done",
};
const noGap = { leavesOut: "the wait between reading and writing" };
const gap = { leavesOut: "the closed gap: a wait between reading and writing" };

// Each begins when the one before has written, however late that is.
claim("keeps-all-in-turn", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => (await inTurn(depositWithGap, "in turn")).read(),
  controls: {
    "at once": {
      leavesOut: "the turns: all ten deposits begin at once",
      measure: async () => (await atOnce(depositWithGap, "at once")).read(),
    },
  },
});

// All ten read in the turn in which they are begun, and the bank's timer cannot
// fire before that turn ends. So load changes nothing.
claim("loses-nine", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(1),
  subject: async () => {
    const account = await atOnce(depositWithGap, "at once");
    // A deposit that is given up leaves as much as one that is lost.
    const writes = account.log.filter((did) => did === "write").length;
    if (writes !== 10) throw new Error(`${writes} of ten deposits wrote.`);
    return account.read();
  },
  controls: {
    "in turn": {
      ...overlap,
      measure: async () => (await inTurn(depositWithGap, "in turn")).read(),
    },
    "no gap": {
      ...noGap,
      measure: async () => (await atOnce(depositWithoutGap, "no gap")).read(),
    },
  },
});

claim("all-read-first", {
  figure: "reads before the first write",
  unit: "",
  bound: exactly(10),
  subject: async () =>
    readsBeforeWrite(await atOnce(depositWithGap, "at once")),
  controls: {
    "in turn": {
      ...overlap,
      measure: async () =>
        readsBeforeWrite(await inTurn(depositWithGap, "in turn")),
    },
    "no gap": {
      ...noGap,
      measure: async () =>
        readsBeforeWrite(await atOnce(depositWithoutGap, "no gap")),
    },
  },
});

// All ten go on in one turn, when the bank agrees. With an await in the gap,
// even of nothing, all ten would read before the first of them writes.
claim("keeps-all-without-gap", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => {
    const deposit: typeof depositWithoutGap = (account, agrees) =>
      depositWithoutGap(inOneGo(account), agrees);
    return (await atOnce(deposit, "no gap")).read();
  },
  controls: {
    "at once": {
      ...gap,
      measure: async () => (await atOnce(depositWithGap, "at once")).read(),
    },
  },
});

// Counted in the turn in which they begin: whom a timer answers cannot have its
// answer by then. Who waits for its turn to ask is not counted, and who reads
// before it has its answer fails.
claim("still-overlap", {
  figure: "deposits that wait for the bank at the same time",
  unit: "",
  bound: exactly(10),
  subject: () => waiting(atOnce),
  controls: { "in turn": { ...overlap, measure: () => waiting(inTurn) } },
});

inEveryOrder("keeps-all-in-every-order", {
  figure: "balance after three deposits of 1",
  unit: "",
  bound: exactly(3),
  subject: threeDeposits("depositWithoutGap"),
  controls: { "a gap": { ...gap, program: threeDeposits("depositWithGap") } },
});

/**
 * An account for one deposit, which throws if it is not written in the go in which
 * it was read: a lock keeps all as well, and the deposit may then have a gap.
 */
function inOneGo(account: Race.Account): Race.Account {
  let isRead = false;
  const read = () => {
    isRead = true;
    queueMicrotask(() => (isRead = false));
    return account.read();
  };
  const write = (balance: number) => {
    if (!isRead) throw new Error("Read and write have a gap between them.");
    account.write(balance);
  };
  return { ...account, read, write };
}

/** How many deposits wait for the bank when only timers are left to run. */
async function waiting(make: typeof atOnce): Promise<number> {
  let waiting = 0;
  const all = make((account, agrees) => {
    let hasAgreed = false;
    const asks = async () => {
      waiting++;
      await agrees();
      waiting--;
      hasAgreed = true;
    };
    const read = () => {
      if (!hasAgreed) throw new Error("It reads before the bank has agreed.");
      return account.read();
    };
    return depositWithoutGap({ ...account, read }, asks);
  }, "no gap");
  // Many more turns than a deposit takes that does not wait for a timer.
  for (let turn = 0; turn < 1000; turn++) await null;
  const left = waiting;
  await all;
  return left;
}

/** Three deposits that come when they come; the bank answers each by itself. */
function threeDeposits(way: "depositWithGap" | "depositWithoutGap") {
  return tasks<typeof Race>("race", {}, 3, async (race, tell, as) => {
    const account = race.openAccount();
    const watched = { ...account, ...telling(account, tell) };
    const deposit = async () => {
      await someTime();
      const hasGap = way === "depositWithGap";
      await race[way](hasGap ? watched : inOneGo(watched), someTime);
    };
    await Promise.all([1, 2, 3].map((who) => as(who, deposit)));
    return account.read();
  });
}

function telling(account: Race.Account, tell: Tell) {
  return {
    read: () => {
      const balance = account.read();
      tell("read", balance);
      return balance;
    },
    write: (balance: number) => {
      tell("write", balance);
      account.write(balance);
    },
  };
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
}
