import {
  askedTimers,
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
// Between two tasks it looks: the timer has been due since the first step. So it
// is in the example's chain, and in one that awaits what is given to it here.
claim("microtasks-first", {
  figure: "turns of a 0 ms timer during the chain",
  unit: "",
  bound: exactly(0),
  subject: () =>
    withoutSleep(async () =>
      Math.max(
        await turnsDuring(() => sixSteps(async () => {})),
        await turnsWithin("chain of microtasks", 6 * 5),
      ),
    ),
  controls: {
    "chain of tasks": {
      leavesOut: "the microtasks: each step awaits a task",
      measure: async () =>
        Math.min(
          await turnsDuring(() => sixSteps(task)),
          await turnsWithin("chain of tasks", 6 * 5),
        ),
    },
  },
});

const task = () => new Promise<void>((resume) => setTimeout(resume, 0));

/**
 * A timer shows nothing that was not the first to be asked for, or that was not
 * due before the call ended.
 */
async function swapped(later: typeof queueMicrotask): Promise<number> {
  let before: number | undefined;
  const { value, asked } = await askedTimers((soFar) =>
    observeProcess(() =>
      order((callback) => {
        before ??= soFar.length;
        later(callback);
      }),
    ),
  );
  if (before !== 1 || asked[0]!.ms !== 0) {
    throw new Error(`First came ${before} timers, one of ${asked[0]?.ms} ms.`);
  }
  const { start, end } = value.spans.find(({ name }) => name === "call")!;
  // Due after 1 ms, and a clock may be as coarse.
  if (end - start < 3) throw new Error(`The call took ${end - start} ms.`);
  return inversions(value.value, ORDER);
}

/** Asks of a chain that it computes and then awaits the link, six times over. */
async function sixSteps(link: () => Promise<void>): Promise<void> {
  let last = performance.now();
  const steps: number[] = [];
  await chain(() => {
    const now = performance.now();
    steps.push(now - last);
    last = now;
    return link();
  });
  // A clock may be as coarse as 1 ms.
  if (steps.length !== 6 || steps.some((ms) => ms < 5 - 1)) {
    throw new Error(`Before each await went by ${steps.join(", ")} ms.`);
  }
}

/** The turns of a timer of 0 ms that is asked for before, until the end. */
async function turnsDuring(run: () => void | Promise<void>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  try {
    await run();
    return turns;
  } finally {
    clearInterval(timer);
  }
}

/**
 * The timer's turns beside a neighbour that lasts for `ms` at least. A shorter
 * one shows nothing, since no timer was due before its end.
 *
 * @throws if the example's timer is another, or has turns where this has none
 */
async function turnsWithin(
  name: keyof typeof neighbours,
  ms: number,
): Promise<number> {
  const start = performance.now();
  const turns = await turnsDuring(neighbours[name]);
  const lasted = performance.now() - start;
  // A timer may fire up to 1 ms early, and a browser's clock be as coarse.
  if (lasted < ms - 2) throw new Error(`It lasted ${lasted} ms.`);
  const { value, asked } = await askedTimers(() => turnsBeside(name));
  if (asked[0]?.ms !== 0) throw new Error(`It is of ${asked[0]?.ms} ms.`);
  if (value > 0 !== turns > 0) {
    throw new Error(`The example's timer got ${value} turns, ours ${turns}.`);
  }
  return turns;
}
