import { atLeast, claim, exactly, moreThan, peak, pointsWithin } from "#claim";
import type { Unit } from "../../examples/parallelism.ts";
import {
  job,
  oneThread,
  together,
  twoWorkers,
  UNITS,
} from "../../examples/parallelism.ts";

// Each job begins with a unit before it awaits anything, and neither has had
// its last one by then.
claim("both-under-way", {
  figure: "jobs under way at one moment",
  unit: "",
  bound: exactly(2),
  subject: async () => peak((await oneThread()).map(whole)),
  controls: {
    "one after the other": async () =>
      peak([await job("job 1"), await job("job 2")].map(whole)),
  },
});

// One thread ends a unit before it begins the next, so it never gets above 0,
// and one pass is proof. Load can make one worker wait for a core while the
// other computes: less and less of the time, the longer both have to.
claim("computing-overlaps", {
  figure: "units during which the other job computed too",
  unit: "%",
  bound: atLeast(50),
  subject: async (dose) => together(await twoWorkers(UNITS * dose)),
  controls: { "one thread": async () => together(await oneThread()) },
  tries: 5,
});

// No timer fires on a thread that computes without a pause, so one pass is
// proof. Load can only make the main thread sleep through its timer.
claim("main-thread-free", {
  figure: "turns that a neighbour on the main thread got",
  unit: "",
  bound: moreThan(0),
  subject: (dose) => turnsBeside(() => twoWorkers(UNITS * dose)),
  controls: { "one thread": () => turnsBeside(oneThread) },
  tries: 5,
});

/** From the start of a job's first unit to the end of its last. */
function whole(units: Unit[]): Unit {
  return { start: units[0]!.start, end: units.at(-1)!.end };
}

/** Turns of a timer between the first unit's start and the last one's end. */
async function turnsBeside(run: () => Promise<Unit[][]>): Promise<number> {
  const turns: { at: number }[] = [];
  const neighbour = setInterval(
    () => turns.push({ at: performance.timeOrigin + performance.now() }),
    5,
  );
  const jobs = (await run()).map(whole);
  clearInterval(neighbour);
  return pointsWithin(turns, {
    start: Math.min(...jobs.map(({ start }) => start)),
    end: Math.max(...jobs.map(({ end }) => end)),
  });
}
