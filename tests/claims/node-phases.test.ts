import {
  askedTimers,
  atLeast,
  claim,
  exactly,
  inversions,
  observeProcess,
} from "#claim";
import type { Ask } from "../../examples/node-phases.ts";
import {
  orderAtTop,
  orderInRead,
  turnsDuring,
  ways,
} from "../../examples/node-phases.ts";

const STEPS = 10;
const STEP_MS = 2;
const ORDER = ["tick", "microtask", "immediate", "timer"];

// After the callback Node empties its queue of ticks, then that of microtasks.
// The phase of immediates comes after that of reads, and the timers' in the next
// turn, however late. Behind the phase of immediates the timers come first: tick
// and microtask compute for 4 ms, so a timer of 1 ms is due. Load only stretches.
claim("order-in-a-callback", {
  figure: "pairs that ran in another order",
  unit: "",
  bound: exactly(0),
  subject: () => swapped(),
  controls: {
    "in a microtask": {
      leavesOut: "the callback: a microtask of it asks for the four",
      measure: () => swapped(queueMicrotask),
    },
    "in an immediate": {
      leavesOut: "the read: the callback of an immediate asks for the four",
      measure: () => swapped(ways.immediate),
    },
    "timers only": {
      leavesOut: "the kinds: four timers are asked for",
      measure: () => swapped(undefined, timers),
    },
  },
});

// Both queues are emptied before the loop goes on: load cannot part them.
claim("tick-first-in-a-script", {
  figure: "place of the tick among the four",
  unit: "",
  bound: exactly(1),
  subject: () => placeOfTick("cjs"),
  controls: {
    "a module": {
      leavesOut: "the script: the file is an ES module",
      measure: () => placeOfTick("mjs"),
    },
  },
});

// The timer is due since the first step of 2 ms. Between two immediates the loop
// comes to its phase, and there is no other before the queue of ticks is empty.
// So it is in the example's chain, and in one of what the example asks by.
claim("ticks-let-nobody-in", {
  figure: "turns of a 0 ms timer during the chain",
  unit: "",
  bound: exactly(0),
  subject: () => turnsInChain("tick"),
  controls: {
    immediates: {
      leavesOut: "the ticks: each step asks for an immediate",
      measure: () => turnsInChain("immediate"),
    },
  },
});

// What is asked for in the phase of immediates waits for the next turn. Load
// adds no turn and takes none away.
claim("a-turn-for-each", {
  figure: "turns of the loop until ten immediates have run",
  unit: "",
  bound: atLeast(10),
  subject: () => turnsOf(oneByOne),
  controls: {
    "at once": {
      leavesOut: "the chain: all ten are asked for at once",
      measure: () => turnsOf(atOnce),
    },
  },
  needs: ["the turns of the event loop"],
});

const timers = Object.fromEntries(
  Object.keys(ways).map((name): [string, Ask] => [name, ways.timer]),
);

/** Pairs that ran in another order, and pairs not asked for the other way round. */
async function swapped(
  place?: Ask,
  kinds: Record<string, Ask> = ways,
): Promise<number> {
  const asked: string[] = [];
  const noted = Object.entries(kinds).map(([name, ask]): [string, Ask] => [
    name,
    (run) => {
      asked.unshift(name);
      ask(run);
    },
  ]);
  const ran = await orderInRead(place, Object.fromEntries(noted));
  return inversions(ran, ORDER) + inversions(asked, ORDER);
}

async function placeOfTick(ending: "cjs" | "mjs"): Promise<number> {
  return (await orderAtTop(ending)).indexOf("tick") + 1;
}

/**
 * The turns of a timer of 0 ms, asked for before, until the last step is over.
 *
 * @throws if the chain breaks off, if it takes no time or if the example's own
 *   timer is another: those show nothing
 */
async function turnsInChain(name: keyof typeof ways): Promise<number> {
  const turns: number[] = [];
  const timer = setInterval(() => turns.push(performance.now()), 0);
  const turnsUntil = (end: number) => turns.filter((at) => at < end).length;
  try {
    const chained = turnsUntil(await endOfChain(ways[name]));
    turns.length = 0;
    const { value, asked } = await askedTimers(() =>
      observeProcess(() => turnsDuring(name)),
    );
    const steps = value.spans.map(({ start, end }) => end - start);
    // A clock may be as coarse as 1 ms.
    if (steps.length !== STEPS || steps.some((ms) => ms < STEP_MS - 1)) {
      throw new Error(`The steps took ${steps.join(", ")} ms.`);
    }
    if (asked[0]?.ms !== 0) throw new Error(`It is of ${asked[0]?.ms} ms.`);
    const counts = [chained, turnsUntil(value.spans.at(-1)!.end), value.value];
    if (new Set(counts.map((count) => count > 0)).size > 1) {
      throw new Error(`The timers got ${counts.join(", ")} turns.`);
    }
    return chained;
  } finally {
    clearInterval(timer);
  }
}

/** When the last of ten steps ended that compute and each ask for the next. */
function endOfChain(ask: Ask): Promise<number> {
  return new Promise((end) => {
    const next = (left: number) => {
      const until = performance.now() + STEP_MS;
      while (performance.now() < until);
      if (left === 1) end(performance.now());
      else ask(() => next(left - 1));
    };
    ask(() => next(STEPS));
  });
}

const immediate = () => new Promise<void>((run) => ways.immediate(run));

async function oneByOne(): Promise<void> {
  for (let n = 0; n < STEPS; n++) await immediate();
}

async function atOnce(): Promise<void> {
  await Promise.all(Array.from({ length: STEPS }, immediate));
}

/** Counted from a phase of immediates: from another, the first needs no turn. */
async function turnsOf(run: () => Promise<void>): Promise<number> {
  await immediate();
  return (await observeProcess(run)).turns;
}
