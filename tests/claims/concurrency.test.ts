import type { Span } from "#claim";
import { claim, exactly, moreThan, peak, withTimers } from "#claim";
import { atOnce, inTurn, simmer, watch } from "../../examples/concurrency.ts";

const WAY = "test";
const SIMMER_MS = 100;
/** Half of it, since some clocks are coarse. */
const AT_LEAST_MS = SIMMER_MS / 2;
const ways = {
  "at once": () => atOnce(WAY, simmer),
  "in turn": () => inTurn(WAY),
  "two at a time": () => Promise.all([inTurn(WAY, 2), inTurn(WAY, 2)]),
  "watching each pot": () => atOnce(WAY, watch),
  "work with a pause": () =>
    Promise.all(Array.from({ length: 8 }, pausingWork)),
};
type Way = keyof typeof ways;

const IN_TURN = "starting together: each dish starts when one is served";
const WATCHED = "giving the cook back: the cook watches each pot";

// All four pots are put on in one synchronous stretch, and no timer can take
// one off before that has ended.
claim("waits-overlap", {
  figure: "pots on the stove at the same time",
  unit: "",
  bound: exactly(4),
  subject: async () => peak(await potsOf("at once")),
  controls: {
    "in turn": {
      leavesOut: IN_TURN,
      measure: async () => peak(await potsOf("in turn")),
    },
    "two at a time": {
      leavesOut: "half of it: only two dishes are made at a time",
      measure: async () => peak(await potsOf("two at a time")),
    },
    "watching each pot": {
      leavesOut: WATCHED,
      measure: async () => peak(await potsOf("watching each pot")),
    },
  },
});

// All but the first preparing comes in that stretch, beside the first pot. All
// but the last serving comes before the last pot can be taken off.
claim("works-beside", {
  figure: "pieces of work done beside a pot",
  unit: "",
  bound: exactly(6),
  subject: async () => {
    const { value, pots, cook } = await observe("at once");
    // A cook that counts wrong shows nothing.
    return value === begunBeside(pots, cook) ? value : NaN;
  },
  controls: {
    "in turn": {
      leavesOut: IN_TURN,
      measure: async () => (await observe("in turn")).value,
    },
    "watching each pot": {
      leavesOut: WATCHED,
      measure: async () => (await observe("watching each pot")).value,
    },
  },
});

// At every moment from the first pot's start to the last one's end some pot is
// on, and at some there are several. In turn there are gaps instead.
claim("shares-the-time", {
  figure: "sum of the waits, as a multiple of the time gone by",
  unit: "×",
  bound: moreThan(1),
  subject: async () => packed(await potsOf("at once")),
  controls: {
    "in turn": {
      leavesOut: IN_TURN,
      measure: async () => packed(await potsOf("in turn")),
    },
    "watching each pot": {
      leavesOut: WATCHED,
      measure: async () => packed(await potsOf("watching each pot")),
    },
  },
});

// A thread runs a function to its end before it begins the next. That none
// overlaps says something only of dishes that are made at once.
claim("computes-alone", {
  figure: "pieces of work that overlap with no other",
  unit: "",
  bound: exactly(8),
  subject: async () => {
    const { pots, cook } = await observe("at once");
    // Five million square roots take more than 1 ms on any machine.
    const idle = cook.find(({ start, end }) => end - start < 1);
    if (idle) throw new Error("The cook has done nothing.");
    return peak(pots) === 4 ? alone(cook) : NaN;
  },
  controls: {
    "work with a pause": {
      leavesOut: "running to the end: each piece of work awaits halfway",
      measure: async () => alone((await observe("work with a pause")).cook),
    },
  },
});

/** A piece of work that lets go of the thread before it has ended. */
async function pausingWork(): Promise<void> {
  const start = performance.now();
  // For so long that coarse clocks tell its end from its start.
  while (performance.now() < start + 4);
  await null;
  performance.measure(`cook, ${WAY}`, { start });
}

/**
 * What was on the stove, and what the cook did. Beside the pots the cook does
 * nothing that is not work: load may take the thread from it there, but hardly
 * in each of five runs.
 *
 * @throws if the cook keeps the thread each time
 */
async function observe(way: Way) {
  for (let run = 0; run < 5; run++) {
    const seen = await observeOnce(way);
    if (way !== "at once" || restOf(seen.cook.slice(0, 4)) <= AT_LEAST_MS) {
      return seen;
    }
  }
  throw new Error("The cook has kept the thread beside a pot.");
}

/** No pot comes off early or queues. */
async function observeOnce(way: Way) {
  const { value, spans, asked, timers } = await withTimers<unknown>(
    [SIMMER_MS],
    ways[way],
  );
  const lane = (name: string) => spans.filter((span) => span.name === name);
  const pots = lane(`pots, ${WAY}`);
  const early = pots.find(({ start, end }) => end - start < AT_LEAST_MS);
  if (early) throw new Error(`A pot took ${early.end - early.start} ms.`);
  // A pot that is watched has no timer.
  if (way !== "watching each pot") {
    if (timers !== peak(pots)) {
      throw new Error(`Of ${peak(pots)} pots at once, ${timers} simmered.`);
    }
    // That of a pot that waits for the stove is one more.
    if (asked !== pots.length) {
      throw new Error(`${pots.length} pots had ${asked} timers.`);
    }
  }
  return { value: Number(value), pots, cook: lane(`cook, ${WAY}`) };
}

/** How long nothing was done from the first piece of work to the last one's start. */
function restOf(cook: Span[]): number {
  return cook.at(-1)!.start - cook[0]!.start - total(cook.slice(0, -1));
}

function begunBeside(pots: Span[], cook: Span[]): number {
  return cook.filter(({ start }) =>
    pots.some((pot) => pot.start <= start && start < pot.end),
  ).length;
}

async function potsOf(way: Way): Promise<Span[]> {
  return (await observe(way)).pots;
}

function total(spans: Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function packed(spans: Span[]): number {
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  return total(spans) / (last - first);
}

/** How many spans have no moment in common with another. */
function alone(spans: Span[]): number {
  const meets = (a: Span) =>
    spans.some((b) => a !== b && a.start < b.end && b.start < a.end);
  return spans.filter((span) => !meets(span)).length;
}
