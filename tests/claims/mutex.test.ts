import { claim, exactly, inEveryOrder, inversions, peak, tasks } from "#claim";
import type * as Mutex from "../../examples/mutex.ts";
import { createMutex, depositAll, unguarded } from "../../examples/mutex.ts";

const guarded = () => depositAll("mutex", createMutex());
const open = () => depositAll("no mutex", unguarded);
const allInside = () => depositAll("all in it", unguarded, createMutex());
/** Ten mutexes, one for each deposit: each of them excludes nobody. */
const oneEach = () => depositAll("one each", (act) => createMutex()(act));

const noMutex = { leavesOut: "the mutex" };
const each = { leavesOut: "that all of them use the same mutex" };

// The next deposit is let in when the one before has written: load can only
// make it later.
claim("loses-nothing", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => (await guarded()).balance,
  controls: {
    "no mutex": { ...noMutex, measure: async () => (await open()).balance },
    "a mutex each": { ...each, measure: async () => (await oneEach()).balance },
  },
});

claim("one-at-a-time", {
  figure: "deposits between read and write at one moment",
  unit: "",
  bound: exactly(1),
  subject: async () => peak((await guarded()).writing.map(toSpan)),
  controls: {
    "no mutex": {
      ...noMutex,
      measure: async () => peak((await open()).writing.map(toSpan)),
    },
    "a mutex each": {
      ...each,
      measure: async () => peak((await oneEach()).writing.map(toSpan)),
    },
  },
});

// All ten begin to ask in one turn, and a timer cannot fire before it ends.
claim("outside-overlaps", {
  figure: "deposits that ask the bank at one moment",
  unit: "",
  bound: exactly(10),
  subject: async () => peak((await guarded()).asking.map(toSpan)),
  controls: {
    "all in it": {
      leavesOut: "that the bank is asked outside of the mutex",
      measure: async () => peak((await allInside()).asking.map(toSpan)),
    },
  },
});

inEveryOrder("loses-nothing-in-every-order", {
  figure: "balance after four deposits of 1",
  unit: "",
  bound: exactly(4),
  subject: fourDeposits(({ createMutex }) => createMutex(), balance),
  controls: {
    "no mutex": {
      ...noMutex,
      program: fourDeposits(({ unguarded }) => unguarded, balance),
    },
    "a mutex each": {
      ...each,
      program: fourDeposits(
        ({ createMutex }) =>
          (act) =>
            createMutex()(act),
        balance,
      ),
    },
  },
});

inEveryOrder("in-the-order-of-coming", {
  figure: "pairs of deposits that wrote in another order than they came",
  unit: "",
  bound: exactly(0),
  subject: fourDeposits(({ createMutex }) => createMutex(), swapped),
  controls: {
    "last come, first served": {
      leavesOut: "the queue: whoever came last is let in first",
      program: fourDeposits(() => createStack(), swapped),
    },
  },
});

function fourDeposits(
  guard: (mutex: typeof Mutex) => Mutex.Guard,
  figure: (outcome: Mutex.Outcome) => number,
) {
  return tasks<typeof Mutex>("mutex", { DEPOSITS: 4 }, 4, async (mutex) =>
    figure(await mutex.depositAll("mutex", guard(mutex))),
  );
}

function balance(outcome: Mutex.Outcome): number {
  return outcome.balance;
}

function swapped({ came, wrote }: Mutex.Outcome): number {
  return inversions(wrote.map(String), came.map(String));
}

/** A lock that lets in whoever came last: it excludes, and is unfair. */
function createStack() {
  const waiting: (() => void)[] = [];
  let taken = false;
  return async <T>(act: () => Promise<T>): Promise<T> => {
    if (taken) await new Promise<void>((enter) => waiting.push(enter));
    taken = true;
    try {
      return await act();
    } finally {
      const next = waiting.pop();
      if (next) next();
      else taken = false;
    }
  };
}

function toSpan({ startTime, duration }: PerformanceMeasure) {
  return { start: startTime, end: startTime + duration };
}
