import type { Span } from "#claim";
import { claim, exactly, moreThan, observeProcess, peak } from "#claim";
import { atOnce, inTurn, simmer, watch } from "../../examples/concurrency.ts";

const WAY = "test";
const ways = {
  "at once": () => atOnce(WAY, simmer),
  "in turn": () => inTurn(WAY),
  "two at a time": () => Promise.all([inTurn(WAY, 2), inTurn(WAY, 2)]),
  "watching each pot": () => atOnce(WAY, watch),
  "work with a pause": () => Promise.all([pausingWork(), pausingWork()]),
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
  subject: () => atOnce(WAY, simmer),
  controls: {
    "in turn": { leavesOut: IN_TURN, measure: () => inTurn(WAY) },
    "watching each pot": {
      leavesOut: WATCHED,
      measure: () => atOnce(WAY, watch),
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

// A thread runs a function to its end before it begins the next.
claim("computes-alone", {
  figure: "pieces of work that overlap with no other",
  unit: "",
  bound: exactly(8),
  subject: async () => alone(await spansOf("cook", "at once")),
  controls: {
    "work with a pause": {
      leavesOut: "running to the end: each piece of work awaits halfway",
      measure: async () => alone(await spansOf("cook", "work with a pause")),
    },
  },
});

/** A piece of work that lets go of the thread before it has ended. */
async function pausingWork(): Promise<void> {
  const start = performance.now();
  await null;
  performance.measure(`cook, ${WAY}`, { start });
}

async function spansOf(lane: "cook" | "pots", way: Way): Promise<Span[]> {
  const { spans } = await observeProcess<unknown>(ways[way]);
  return spans.filter(({ name }) => name === `${lane}, ${WAY}`);
}

function potsOf(way: Way): Promise<Span[]> {
  return spansOf("pots", way);
}

function packed(spans: Span[]): number {
  const sum = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  return sum / (last - first);
}

/** How many spans have no moment in common with another. */
function alone(spans: Span[]): number {
  const meets = (a: Span) =>
    spans.some((b) => a !== b && a.start < b.end && b.start < a.end);
  return spans.filter((span) => !meets(span)).length;
}
