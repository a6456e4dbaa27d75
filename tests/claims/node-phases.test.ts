import { atLeast, claim, exactly, inversions, observeProcess } from "#claim";
import type { Ask } from "../../examples/node-phases.ts";
import {
  orderAtTop,
  orderInRead,
  STEPS,
  turnsDuring,
  ways,
} from "../../examples/node-phases.ts";

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

/** A chain that breaks off shows nothing. */
async function turnsInChain(name: keyof typeof ways): Promise<number> {
  const { value, spans } = await observeProcess(() => turnsDuring(name));
  return spans.length === 10 ? value : NaN;
}

const immediate = () => new Promise<void>((run) => ways.immediate(run));

async function oneByOne(): Promise<void> {
  for (let n = 0; n < STEPS; n++) await immediate();
}

async function atOnce(): Promise<void> {
  await Promise.all(Array.from({ length: STEPS }, immediate));
}

async function turnsOf(run: () => Promise<void>): Promise<number> {
  return (await observeProcess(run)).turns;
}
