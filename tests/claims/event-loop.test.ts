import {
  claim,
  exactly,
  inversions,
  observeProcess,
  withoutSleep,
} from "#claim";
import {
  chain,
  neighbours,
  order,
  turnsBeside,
} from "../../examples/event-loop.ts";

/** First what runs, then all microtasks, then the next task. */
const ORDER = [
  "call",
  "first microtask",
  "second microtask",
  "microtask of the first",
  "timer",
];

// One thread takes them from its queues one by one; load only stretches each.
claim("call-microtasks-timer", {
  figure: "pairs that ran in another order",
  unit: "",
  bound: exactly(0),
  subject: () => swapped(queueMicrotask),
  controls: {
    "timers for microtasks": {
      leavesOut: "the microtasks: timers are set instead",
      measure: () => swapped((callback) => setTimeout(callback, 0)),
    },
  },
});

// A callback needs the thread, and the call has it until it ends. The awaiting
// call waits for a timer that is due later than the first turn.
claim("waits-for-the-call", {
  figure: "turns of a 0 ms timer before the call ended",
  unit: "",
  bound: exactly(0),
  subject: () => withoutSleep(() => turnsWithin("computing call", 20)),
  controls: {
    "awaiting call": {
      leavesOut: "the computing: the call awaits a timer for as long",
      measure: () => turnsWithin("awaiting call", 20),
    },
  },
});

// Microtasks run until there are none left, before the loop looks at a timer.
// Between two tasks it looks: the timer has been due since the first step.
claim("microtasks-first", {
  figure: "turns of a 0 ms timer during the chain",
  unit: "",
  bound: exactly(0),
  subject: () =>
    withoutSleep(async () => {
      await sixSteps();
      return turnsWithin("chain of microtasks", 6 * 5);
    }),
  controls: {
    "chain of tasks": {
      leavesOut: "the microtasks: each step awaits a task",
      measure: () => turnsWithin("chain of tasks", 6 * 5),
    },
  },
});

/**
 * A timer shows nothing that was not the first to be asked for, or that was not
 * due before the call ended.
 */
async function swapped(later: typeof queueMicrotask): Promise<number> {
  const { setTimeout } = globalThis;
  const asked: string[] = [];
  const watched = (callback: () => void, ms?: number) => {
    asked.push(`timer of ${ms} ms`);
    return setTimeout(callback, ms);
  };
  Object.assign(globalThis, { setTimeout: watched });
  try {
    const { value, spans } = await observeProcess(() =>
      order((callback) => {
        asked.push("microtask");
        later(callback);
      }),
    );
    if (asked[0] !== "timer of 0 ms") throw new Error(`First: ${asked[0]}`);
    const { start, end } = spans.find(({ name }) => name === "call")!;
    // Due after 1 ms, and a clock may be as coarse.
    if (end - start < 3) throw new Error(`The call took ${end - start} ms.`);
    return inversions(value, ORDER);
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
}

/** Asks of a chain that it computes and then awaits, six times over. */
async function sixSteps(): Promise<void> {
  let last = performance.now();
  const steps: number[] = [];
  await chain(async () => {
    const now = performance.now();
    steps.push(now - last);
    last = now;
  });
  // A clock may be as coarse as 1 ms.
  if (steps.length !== 6 || steps.some((ms) => ms < 5 - 1)) {
    throw new Error(`Before each await went by ${steps.join(", ")} ms.`);
  }
}

/**
 * The timer's turns beside a neighbour that lasts for `ms` at least. A shorter
 * one shows nothing, since no timer was due before its end.
 */
async function turnsWithin(
  name: keyof typeof neighbours,
  ms: number,
): Promise<number> {
  const { value, spans } = await observeProcess(() => turnsBeside(name));
  const { start, end } = spans.find((span) => span.name === name)!;
  // A timer may fire up to 1 ms early, and a browser's clock be as coarse.
  if (end - start < ms - 2) throw new Error(`It lasted ${end - start} ms.`);
  return value;
}
