import {
  askedTimers,
  claim,
  exactly,
  moreThan,
  observeProcess,
  onThreads,
  peak,
  pointsWithin,
} from "#claim";
import { ways } from "../../examples/cpu-bound.ts";

/** When the neighbour is due. */
const TURN_MS = 5;

// A job that awaits nothing runs to its end before the next one is called.
// What pauses or waits gives the thread back, and all three have begun before
// the loop turns.
claim("one-after-another", {
  figure: "jobs in progress at the same time",
  unit: "",
  bound: exactly(1),
  subject: async () => peak((await computed("one piece")).jobs),
  controls: {
    "three waits": {
      leavesOut: "the computing: each job waits for a timer",
      measure: async () => peak(await Promise.all([wait(), wait(), wait()])),
    },
    timers: {
      leavesOut: "the one piece: a timer comes between two pieces of a job",
      measure: async () => peak((await computed("timers")).jobs),
    },
  },
});

// Each job keeps the thread from its start to its end, and the next begins
// before the loop has turned. The test has a neighbour too, which is there first.
claim("holds-up-everybody", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => {
    const { turns, ours } = await computed("one piece");
    return Math.max(turns, ours.length);
  },
  controls: {
    timers: {
      leavesOut: "the one piece: a timer comes between two pieces of a job",
      measure: async () => {
        const { turns, ours } = await computed("timers");
        return Math.min(turns, ours.length);
      },
    },
  },
});

// The neighbour is due after 5 ms, long before the last of fifteen pieces, and
// each of them ends in a turn of the loop. What awaits null goes on before it. Load
// can make all the turns come while little is computed or left: another try shows it.
claim("timers-let-others-in", {
  figure: "turns that the neighbour got between the pieces",
  unit: "",
  bound: moreThan(0),
  subject: () => turnsBetweenPieces("timers"),
  controls: {
    "await null": {
      leavesOut: "the turn of the loop: each pause awaits null",
      measure: () => turnsBetweenPieces("await null"),
    },
  },
  tries: 5,
});

// No timer fires on a thread that computes in one piece, so one pass is proof.
// Load can only make the main thread sleep through its timer. A worker that has
// nothing to compute takes some µs for it: that a turn falls in there, or load
// stops it there, three times over, does not happen.
claim("worker-leaves-the-thread", {
  figure: "turns that the neighbour got while the worker computed",
  unit: "",
  bound: moreThan(0),
  subject: (dose) => turnsInside("worker", dose),
  controls: {
    "one piece": {
      leavesOut: "the worker: the main thread computes the jobs",
      measure: () => turnsInside("one piece"),
    },
    "an idle worker": {
      leavesOut: "the computing: the worker starts, and has nothing to do",
      measure: async () =>
        Math.min(
          (await ways.worker(0)).turns,
          (await ways.worker(0)).turns,
          (await ways.worker(0)).turns,
        ),
    },
  },
  tries: 5,
});

/**
 * What happened beside three jobs that computed, in a worker or without one, and
 * did not just pass time. `ours` are the turns, between their start and end, of a
 * timer that is set before.
 */
async function computed(way: keyof typeof ways, dose = 1) {
  const all: { at: number }[] = [];
  const timer = setInterval(() => all.push({ at: clock() }), TURN_MS);
  let called = NaN;
  const beside = await onThreads(way === "worker" ? 1 : 0, () => {
    const running = ways[way](dose);
    called = clock();
    return running.finally(() => clearInterval(timer));
  });
  const primes = beside.jobs.map(({ primes }) => primes / dose).join();
  if (primes !== "10000,10000,10000") throw new Error(`It found ${primes}.`);
  // Who awaits one job before it starts the next starts only the first at once.
  const atOnce = beside.jobs.filter(({ start }) => start <= called).length;
  if (way !== "worker" && atOnce % 3 !== 0) {
    throw new Error(`It started ${atOnce} of three jobs together.`);
  }
  // What has its answers at once keeps nobody from a turn.
  if (beside.ms < TURN_MS) throw new Error("The neighbour was not due.");
  const start = Math.min(...beside.jobs.map(({ start }) => start));
  const end = Math.max(...beside.jobs.map(({ end }) => end));
  const ours = all.filter(({ at }) => start <= at && at <= end);
  return { ...beside, ours };
}

/** Turns before and after which a tenth of the computing was done at least. */
async function turnsBetweenPieces(way: keyof typeof ways): Promise<number> {
  const { value: seen, asked } = await askedTimers(() =>
    observeProcess(() => computed(way)),
  );
  const { value, spans } = seen;
  const pieces = spans.filter(({ name }) => name === way);
  const zero = asked.filter(({ ms }) => ms === 0);
  const fired = (by: number) => zero.filter(({ firedAt }) => firedAt <= by);
  // But for the first of each job, a timer of its own comes before each piece.
  const paused = pieces
    .toSorted((a, b) => a.start - b.start)
    .every(({ start }, n) => fired(start).length > n - value.jobs.length);
  if (way === "timers" && !paused) {
    throw new Error("A piece began before a timer of 0 ms fired.");
  }
  const computedUntil = (at: number) =>
    pieces
      .filter(({ end }) => end <= at)
      .reduce((sum, { start, end }) => sum + end - start, 0);
  const all = computedUntil(Infinity);
  const between = value.ours.filter(({ at }) => {
    const share = computedUntil(at - performance.timeOrigin) / all;
    return share >= 0.1 && share <= 0.9;
  });
  return Math.min(value.turns, between.length);
}

/** The turns inside of jobs: between two of them the main thread has some too. */
async function turnsInside(way: keyof typeof ways, dose = 1): Promise<number> {
  const { value, points } = await observeProcess(() => computed(way, dose));
  // A job that waits for another one to go on is not computed all the time.
  if (peak(value.jobs) > 1) return NaN;
  const inside = (turns: { at: number }[]) =>
    value.jobs.reduce((sum, job) => sum + pointsWithin(turns, job), 0);
  // Whatever else is marked is no turn of the neighbour.
  const turns = points
    .filter(({ name }) => name === "neighbour")
    .map(({ at }) => ({ at: performance.timeOrigin + at }));
  return Math.min(inside(turns), inside(value.ours));
}

/** The time on the clock of the jobs, which all threads share. */
function clock(): number {
  return performance.timeOrigin + performance.now();
}

/** A job of the same shape that only waits. */
async function wait(): Promise<{ start: number; end: number }> {
  const start = performance.now();
  await new Promise((resume) => setTimeout(resume, 20));
  return { start, end: performance.now() };
}
