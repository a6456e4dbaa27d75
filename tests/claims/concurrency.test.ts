import type { Span } from "#claim";
import { claim, exactly, moreThan, observeProcess, peak } from "#claim";
import { atOnce, inTurn, simmer, watch } from "../../examples/concurrency.ts";

const WAY = "test";
const ways = {
  "at once": () => atOnce(WAY, simmer),
  "in turn": () => inTurn(WAY),
  "two at a time": () => Promise.all([inTurn(WAY, 2), inTurn(WAY, 2)]),
  "watching each pot": () => atOnce(WAY, watch),
};
type Way = keyof typeof ways;

// All four pots are put on in one synchronous stretch, and no timer can take
// one off before that has ended.
claim("waits-overlap", {
  figure: "pots on the stove at one moment",
  unit: "",
  bound: exactly(4),
  subject: async () => peak(await potsOf("at once")),
  controls: {
    "in turn": async () => peak(await potsOf("in turn")),
    "two at a time": async () => peak(await potsOf("two at a time")),
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
    "in turn": () => inTurn(WAY),
    "watching each pot": () => atOnce(WAY, watch),
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
    "in turn": async () => packed(await potsOf("in turn")),
    "watching each pot": async () => packed(await potsOf("watching each pot")),
  },
});

// A thread runs a function to its end before it begins the next.
claim("computes-alone", {
  figure: "pairs of pieces of work that overlap",
  unit: "",
  bound: exactly(0),
  subject: async () => overlaps(await spansOf("cook", "at once")),
  controls: { "pairs of pots": async () => overlaps(await potsOf("at once")) },
});

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

/** How many of all pairs have a moment in common. */
function overlaps(spans: Span[]): number {
  const pairs = spans.flatMap((a, at) =>
    spans.slice(at + 1).filter((b) => a.start < b.end && b.start < a.end),
  );
  return pairs.length;
}
