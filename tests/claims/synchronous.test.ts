import {
  atLeast,
  claim,
  exactly,
  inversions,
  moreThan,
  observeProcess,
  peak,
} from "#claim";
import {
  awaitedInTurn,
  calledInTurn,
  observe,
  startedTogether,
} from "../../examples/synchronous.ts";

type Way = Parameters<typeof observe>[0];

const together = { leavesOut: "the turns: all three steps start at once" };

// A step's clock starts after the line that stopped the one before.
claim("never-overlaps", {
  figure: "steps under way at once",
  unit: "",
  bound: exactly(1),
  subject: async () =>
    Math.max(await underWay(calledInTurn), await underWay(awaitedInTurn)),
  controls: {
    "started together": {
      ...together,
      measure: () => underWay(startedTogether),
    },
  },
});

// The program makes the order. Timers that started together end by their
// length: to hide that, load would have to part their starts by 30 ms, twice.
claim("keeps-the-order", {
  figure: "pairs of steps out of order",
  unit: "",
  bound: exactly(0),
  subject: async () =>
    Math.max(await swapped(calledInTurn), await swapped(awaitedInTurn)),
  controls: {
    "started together": {
      ...together,
      measure: () => swapped(startedTogether),
    },
  },
});

// Spans that do not overlap fill no more than the whole. Of the three that
// start together the longest is nearly the whole, and the others add to it.
claim("takes-the-sum", {
  figure: "total time, as a share of the steps' sum",
  unit: "%",
  bound: atLeast(100),
  subject: async () =>
    Math.min(await share(calledInTurn), await share(awaitedInTurn)),
  controls: {
    "started together": { ...together, measure: () => share(startedTogether) },
  },
});

// The neighbour is due after 20 ms and the first step after 90 ms: however
// late the loop gets to its timers, it takes them in that order.
claim("leaves-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: moreThan(0),
  subject: async () => (await observe(awaitedInTurn)).turns,
  controls: {
    "called in turn": {
      leavesOut: "the waiting: each step keeps the thread",
      measure: async () => (await observe(calledInTurn)).turns,
    },
  },
});

async function underWay(way: Way): Promise<number> {
  const { spans } = await observeProcess(() => observe(way));
  return peak(spans);
}

async function swapped(way: Way): Promise<number> {
  const { done } = await observe(way);
  return inversions(done, ["read", "convert", "write"]);
}

async function share(way: Way): Promise<number> {
  const { value, spans } = await observeProcess(() => observe(way));
  const sum = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return (100 * value.total) / sum;
}
