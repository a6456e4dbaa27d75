import {
  atLeast,
  claim,
  exactly,
  inversions,
  moreThan,
  observePython,
  peak,
  pointsWithin,
} from "#python";

type Way = "called_in_turn" | "awaited_in_turn" | "started_together";

const STEPS_MS = { read: 90, convert: 60, write: 30 };
const together = { leavesOut: "the turns: all three steps start at once" };

// A step's clock starts after the line that stopped the one before.
claim("never-overlaps", {
  figure: "steps under way at once",
  unit: "",
  bound: exactly(1),
  subject: () => worst(underWay),
  controls: {
    "started together": {
      ...together,
      measure: () => underWay("started_together"),
    },
  },
});

// The program makes the order. What started together wakes by the length of
// its sleep: to hide that, load would have to part the starts by 30 ms, twice.
claim("keeps-the-order", {
  figure: "pairs of steps out of order",
  unit: "",
  bound: exactly(0),
  subject: () => worst(swapped),
  controls: {
    "started together": {
      ...together,
      measure: () => swapped("started_together"),
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
    Math.min(await share("called_in_turn"), await share("awaited_in_turn")),
  controls: {
    "started together": {
      ...together,
      measure: () => share("started_together"),
    },
  },
});

// The neighbour is due 20 ms after its last turn, so it gets one in the first
// 25 ms of each step. Load can make it late: then there is another try, and no
// step that keeps the thread ever leaves a turn.
claim("leaves-the-thread", {
  figure: "fewest turns that the neighbour got in a step",
  unit: "",
  bound: moreThan(0),
  subject: () => turns("awaited_in_turn"),
  controls: {
    "called in turn": {
      leavesOut: "the waiting: each step keeps the thread",
      measure: () => turns("called_in_turn"),
    },
  },
  tries: 5,
});

/** Goes one way. Steps that take no time would show nothing. */
async function observe(way: Way) {
  const observed = await observePython<[done: string[], turns: number]>(
    "synchronous",
    `observe(${way})`,
  );
  for (const [name, ms] of Object.entries(STEPS_MS)) {
    const step = observed.spans.find((span) => span.name === name);
    // A sleep may end up to 1 ms early.
    if (!step || step.end - step.start < ms - 1) {
      throw new Error(`The step ${name} took less than ${ms} ms.`);
    }
  }
  return observed;
}

/** The greater figure of the two ways in turn. */
async function worst(figure: (way: Way) => Promise<number>): Promise<number> {
  return Math.max(
    await figure("called_in_turn"),
    await figure("awaited_in_turn"),
  );
}

async function underWay(way: Way): Promise<number> {
  return peak((await observe(way)).spans);
}

async function swapped(way: Way): Promise<number> {
  const [done] = (await observe(way)).value;
  return inversions(done, Object.keys(STEPS_MS));
}

async function turns(way: Way): Promise<number> {
  const { spans, points } = await observe(way);
  // Whatever else is marked is no turn of the neighbour.
  const got = points.filter(({ name }) => name === "neighbour");
  // A later one may be of a step that blocked, and yielded once.
  const inStep = spans.map(({ start }) =>
    pointsWithin(got, { start, end: start + 25 }),
  );
  return Math.min(...inStep);
}

async function share(way: Way): Promise<number> {
  const { spans } = await observe(way);
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const sum = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return (100 * (last - first)) / sum;
}
