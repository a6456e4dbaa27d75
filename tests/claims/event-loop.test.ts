import { claim, exactly, inversions } from "#claim";
import { order, turnsBeside } from "../../examples/event-loop.ts";

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
    "timers for microtasks": async () =>
      inversions(await order((callback) => setTimeout(callback, 0)), ORDER),
  },
});

// A callback needs the thread, and the call has it until it ends. The awaiting
// call waits for a timer that is due later than the first turn.
claim("waits-for-the-call", {
  figure: "turns of a 0 ms timer before the call ended",
  unit: "",
  bound: exactly(0),
  subject: () => turnsBeside("computing call"),
  controls: { "awaiting call": () => turnsBeside("awaiting call") },
});

// Microtasks run until there are none left, before the loop looks at a timer.
// Between two tasks it looks: the timer has been due since the first step.
claim("microtasks-first", {
  figure: "turns of a 0 ms timer during the chain",
  unit: "",
  bound: exactly(0),
  subject: () => turnsBeside("chain of microtasks"),
  controls: { "chain of tasks": () => turnsBeside("chain of tasks") },
});
