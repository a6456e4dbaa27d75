import { claim, exactly, inversions } from "#claim";
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
  figure: "pairs in another order",
  unit: "",
  bound: exactly(0),
  subject: async () => inversions(await order(), ORDER),
  controls: {
    "timers for microtasks": {
      leavesOut: "the microtasks: timers are set instead",
      measure: async () =>
        inversions(await order((callback) => setTimeout(callback, 0)), ORDER),
    },
  },
});

// A callback needs the thread, and the call has it until it ends. The awaiting
// call waits for a timer that is due later than the first turn.
claim("waits-for-the-call", {
  figure: "turns of a 0 ms timer before the call ended",
  unit: "",
  bound: exactly(0),
  subject: () => turnsWithin("computing call", 20),
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
  subject: async () =>
    (await steps()) === 6 ? turnsWithin("chain of microtasks", 6 * 5) : NaN,
  controls: {
    "chain of tasks": {
      leavesOut: "the microtasks: each step awaits a task",
      measure: () => turnsWithin("chain of tasks", 6 * 5),
    },
  },
});

/** How often a chain computes, and then awaits. */
async function steps(): Promise<number> {
  let steps = 0;
  await chain(async () => {
    steps++;
  });
  return steps;
}

/**
 * The timer's turns beside a neighbour that lasts for `ms` at least. A shorter
 * one shows nothing, since no timer was due before its end.
 */
async function turnsWithin(
  name: keyof typeof neighbours,
  ms: number,
): Promise<number> {
  const start = performance.now();
  const turns = await turnsBeside(name);
  // Timers fire up to 1 ms early.
  return performance.now() - start >= ms - 1 ? turns : NaN;
}
