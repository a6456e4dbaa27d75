import { claim, exactly, inversions, peak } from "#claim";
import {
  createMutex,
  DEPOSITS,
  depositAll,
  unguarded,
} from "../../examples/mutex.ts";

const guarded = () => depositAll("mutex", createMutex());
const open = () => depositAll("no mutex", unguarded);
const allInside = () => depositAll("all in it", unguarded, createMutex());
/** Ten mutexes, one for each deposit: each of them excludes nobody. */
const oneEach = () => depositAll("one each", (act) => createMutex()(act));

// The next deposit is let in when the one before has written: load can only
// make it later.
claim("loses-nothing", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => (await guarded()).balance,
  controls: {
    "no mutex": async () => (await open()).balance,
    "a mutex each": async () => (await oneEach()).balance,
  },
});

claim("one-at-a-time", {
  figure: "deposits between read and write at one moment",
  unit: "",
  bound: exactly(1),
  subject: async () => peak((await guarded()).writing.map(toSpan)),
  controls: {
    "no mutex": async () => peak((await open()).writing.map(toSpan)),
    "a mutex each": async () => peak((await oneEach()).writing.map(toSpan)),
  },
});

// All ten begin to ask in one turn, and a timer cannot fire before it ends.
claim("outside-overlaps", {
  figure: "deposits that ask the bank at one moment",
  unit: "",
  bound: exactly(10),
  subject: async () => peak((await guarded()).asking.map(toSpan)),
  controls: {
    "all in it": async () => peak((await allInside()).asking.map(toSpan)),
  },
});

// Timers of the same length fire in the order in which they were set.
claim("in-the-order-of-coming", {
  figure: "pairs of deposits that wrote in another order than they came",
  unit: "",
  bound: exactly(0),
  subject: async () => swapped((await guarded()).order),
  controls: {
    "last come, first served": async () =>
      swapped((await depositAll("stack", createStack())).order),
  },
});

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

function swapped(order: number[]): number {
  const came = Array.from({ length: DEPOSITS }, (_, n) => String(n));
  return inversions(order.map(String), came);
}

function toSpan({ startTime, duration }: PerformanceMeasure) {
  return { start: startTime, end: startTime + duration };
}
