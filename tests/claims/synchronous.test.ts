import {
  atLeast,
  claim,
  exactly,
  inversions,
  moreThan,
  observeProcess,
  peak,
  pointsWithin,
} from "#claim";
import {
  awaitedInTurn,
  calledInTurn,
  observe as go,
  startedTogether,
} from "../../examples/synchronous.ts";

type Way = Parameters<typeof go>[0];

/** The steps as the note tells them, each with its ms. */
const STEPS = { read: 90, convert: 60, write: 30 };

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

// Spans that do not overlap fill no more than the whole. The three that start
// together do so before any of them can end: they leave no gap, and overlap.
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

// The neighbour is due 20 ms after its last turn at most, and a step ends 30 ms
// after its start at least. Only load can bring the two together: then there is
// another try, and no call that keeps the thread ever leaves a turn.
claim("leaves-the-thread", {
  figure: "fewest turns that the neighbour got in a step",
  unit: "",
  bound: moreThan(0),
  subject: () => turns(awaitedInTurn),
  controls: {
    "called in turn": {
      leavesOut: "the waiting: each step keeps the thread",
      measure: () => turns(calledInTurn),
    },
  },
  tries: 5,
});

async function underWay(way: Way): Promise<number> {
  return peak((await observe(way)).spans);
}

async function swapped(way: Way): Promise<number> {
  return inversions((await observe(way)).done, Object.keys(STEPS));
}

async function share(way: Way): Promise<number> {
  const { spans } = await observe(way);
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const sum = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return (100 * (last - first)) / sum;
}

/** A turn in a step's last ms may be of one that blocked, and yielded once. */
async function turns(way: Way): Promise<number> {
  const { spans, points } = await observe(way);
  // Whatever else is marked is no turn of the neighbour.
  const got = points.filter(({ name }) => name === "neighbour");
  const inStep = spans.map(({ start, end }) =>
    pointsWithin(got, { start, end: end - 5 }),
  );
  return Math.min(...inStep);
}

/** Steps that are missing, or that nobody waited for, show nothing. */
async function observe(way: Way) {
  const { value, spans, points } = await observeProcess(() => go(way));
  for (const [step, ms] of Object.entries(STEPS)) {
    const { start = 0, end = 0 } =
      spans.find(({ name }) => name === step) ?? {};
    // A timer may fire up to 1 ms early, and a browser's clock be as coarse.
    if (end - start < ms - 2) {
      throw new Error(`The ${step} did not take ${ms} ms.`);
    }
  }
  return { done: value.done, spans, points };
}
