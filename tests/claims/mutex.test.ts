import type { Tell } from "#claim";
import {
  claim,
  eachOf,
  exactly,
  inEveryOrder,
  inversions,
  peak,
  tasks,
  withTimers,
} from "#claim";
import type * as Mutex from "../../examples/mutex.ts";
import { createMutex, depositAll, unguarded } from "../../examples/mutex.ts";

const guarded = () => depositAll("mutex", createMutex());
const open = () => depositAll("no mutex", unguarded);
const allInside = () => depositAll("all in it", unguarded, createMutex());
/** Ten mutexes, one for each deposit: each of them excludes nobody. */
const oneEach = () => depositAll("one each", (act) => createMutex()(act));

const TASKS = 10;
/** How long asking and the disk take in the example. */
const ASK_MS = 30;
const DISK_MS = 10;

const noMutex = { leavesOut: "the mutex" };
const each = { leavesOut: "that all of them use the same mutex" };

// The next deposit is let in when the one before has written: load can only
// make it later.
claim("loses-nothing", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () =>
    Math.min((await guarded()).balance, (await allInside()).balance),
  controls: {
    "no mutex": { ...noMutex, measure: async () => (await open()).balance },
    "a mutex each": { ...each, measure: async () => (await oneEach()).balance },
  },
});

claim("one-at-a-time", {
  figure: "deposits between read and write at the same time",
  unit: "",
  bound: exactly(1),
  subject: async () => peak(spansOfTen((await guarded()).writing)),
  controls: {
    "no mutex": {
      ...noMutex,
      measure: async () => peak(spansOfTen((await open()).writing)),
    },
    "a mutex each": {
      ...each,
      measure: async () => peak(spansOfTen((await oneEach()).writing)),
    },
  },
});

// All ten begin to ask in one turn, and a timer cannot fire before it ends. Their
// timers are due before that of the first write, which is set when one has fired,
// unless load comes in while the ten begin: another try shows it.
claim("outside-overlaps", {
  figure: "deposits that ask the bank at the same time",
  unit: "",
  bound: exactly(10),
  subject: async () => {
    const { value, undue } = await withTimers([ASK_MS, DISK_MS], guarded);
    // Who queues at the bank does not ask it yet.
    return Math.min(undue, askingAtOnce(value));
  },
  controls: {
    "all in it": {
      leavesOut: "that the bank is asked outside of the mutex",
      measure: async () => askingAtOnce(await allInside()),
    },
  },
  tries: 5,
});

// The next deposit begins to ask when the one before has written.
claim("inside-in-turn", {
  figure: "deposits that ask the bank at the same time",
  unit: "",
  bound: exactly(1),
  subject: async () => {
    const { value, timers } = await withTimers([ASK_MS, DISK_MS], allInside);
    const asks = spansOfTen(value.asking);
    // Who asked outside of the mutex has the answer too soon. A timer may fire
    // up to 1 ms early, and a browser's clock be as coarse.
    if (asks.some(({ start, end }) => end - start < ASK_MS - 2)) {
      throw new Error("A deposit had its answer before it could have asked.");
    }
    return Math.max(timers, peak(asks));
  },
  controls: {
    mutex: {
      leavesOut: "that the bank is asked inside of the mutex",
      measure: async () => peak(spansOfTen((await guarded()).asking)),
    },
  },
});

// All ten stand in the queue before the first of them gets in, and each turn of
// the loop lets the next one in, however long it takes.
claim("lets-in-after-an-error", {
  figure: "tasks that got in, of the nine beside one that fails",
  unit: "",
  bound: exactly(9),
  subject: () => fewestBesideFailure(createMutex),
  controls: {
    "a mutex without catch": {
      leavesOut: "the catch: an error goes on to whoever waits",
      measure: () => fewestBesideFailure(createBrittleMutex),
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

type Guarding = (mutex: typeof Mutex) => Mutex.Guard;
type Order = Pick<Mutex.Outcome, "balance" | "came" | "wrote">;
type Figure = (outcome: Order) => number;

/** All of them at any time, or one of them in the turn in which another ends. */
function fourDeposits(guard: Guarding, figure: Figure) {
  return eachOf(
    atAnyTime(guard, figure),
    // A lock may be free for a moment while it is handed over, and when that
    // moment is depends on how many microtasks the lock takes.
    ...[0, 1, 2, 4].map((microtasks) =>
      oneAfterAnother(guard, figure, microtasks),
    ),
  );
}

function atAnyTime(guard: Guarding, figure: Figure) {
  const constants = { DEPOSITS: 4 };
  return tasks<typeof Mutex>("mutex", constants, 4, async (mutex, tell, as) => {
    let begun = 0;
    const begin: Mutex.Guard = (deposit) => as(++begun, deposit);
    const enter = telling(guard(mutex), tell);
    return figure(await mutex.depositAll("mutex", enter, begin));
  });
}

/** The fourth deposit is by the customer of the first, when that one is made. */
function oneAfterAnother(guard: Guarding, figure: Figure, microtasks: number) {
  return tasks<typeof Mutex>("mutex", {}, 4, async (mutex, tell, as) => {
    const enter = telling(guard(mutex), tell);
    const outcome: Order = { balance: 0, came: [], wrote: [] };
    const deposit = (n: number) => {
      outcome.came.push(n);
      return enter(async () => {
        const before = outcome.balance;
        await someTime();
        outcome.balance = before + 1;
        outcome.wrote.push(n);
      });
    };
    const customer = async (...deposits: number[]) => {
      await someTime();
      for (const n of deposits) {
        await as(n, () => deposit(n));
        for (let i = 0; i < microtasks; i++) await undefined;
      }
    };
    await Promise.all([
      as(1, () => customer(1, 4)),
      as(2, () => customer(2)),
      as(3, () => customer(3)),
    ]);
    return figure(outcome);
  });
}

/** The same guard, and tells of each deposit what it does. */
function telling(enter: Mutex.Guard, tell: Tell): Mutex.Guard {
  return (act) => {
    tell("comes");
    return enter(async () => {
      tell("reads");
      const end = await act();
      tell("writes");
      return end;
    });
  };
}

function balance({ balance }: Order): number {
  return balance;
}

function swapped({ came, wrote }: Order): number {
  return inversions(wrote.map(String), came.map(String));
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
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

/** The example's lock, but for the line that stops an error. */
function createBrittleMutex(): Mutex.Guard {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done;
    return done;
  };
}

/** It throws before it gives a promise, gives one that fails, or waits first. */
const WAYS_TO_FAIL = ["throws", "fails", "waits and fails"] as const;
type WayToFail = (typeof WAYS_TO_FAIL)[number];

/** Each of ten tasks fails in each way, in a run of its own. */
async function fewestBesideFailure(create: () => Mutex.Guard) {
  const runs = Array.from({ length: TASKS }, (_, failing) =>
    WAYS_TO_FAIL.map((way) => enteredBesideFailure(create(), failing, way)),
  );
  return Math.min(...(await Promise.all(runs.flat())));
}

/** Ten tasks at once, of which one fails inside. How many others get in? */
async function enteredBesideFailure(
  exclusively: Mutex.Guard,
  failing: number,
  way: WayToFail,
): Promise<number> {
  let entered = 0;
  let inside = 0;
  let most = 0;
  const error = new Error("This task fails.");
  const act = async (n: number) => {
    most = Math.max(most, ++inside);
    if (n !== failing) entered++;
    if (n !== failing || way === "waits and fails") await someTime();
    inside--;
    if (n === failing) throw error;
  };
  const tasks = Array.from({ length: TASKS }, (_, n) =>
    exclusively(() => {
      if (n === failing && way === "throws") throw error;
      return act(n);
    }),
  );
  let over = 0;
  for (const task of tasks) void task.catch(() => {}).then(() => over++);
  // Whoever is inside stays for a turn of the loop. Whom a lock leaves outside
  // would be waited for in vain.
  for (let turns = 0; over < TASKS && turns < 10 * TASKS; turns++) {
    await someTime();
  }
  // A lock that lets in all at once is none any more.
  return most > 1 ? NaN : entered;
}

/** Who waits for the account before it asks is still to ask at the first write. */
function askingAtOnce({ asking, writing }: Mutex.Outcome): number {
  const asks = spansOfTen(asking);
  const written = Math.min(...spansOfTen(writing).map(({ end }) => end));
  return Math.min(peak(asks), asks.filter(({ end }) => end < written).length);
}

/** A stretch of each of ten deposits: who leaves it out shows nothing. */
function spansOfTen(stretches: PerformanceMeasure[]) {
  if (stretches.length !== TASKS) {
    throw new Error(`${stretches.length} stretches, and not ten.`);
  }
  return stretches.map(({ startTime, duration }) => ({
    start: startTime,
    end: startTime + duration,
  }));
}
