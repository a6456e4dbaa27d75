import {
  atLeast,
  claim,
  exactly,
  moreThan,
  observeProcess,
  onThreads,
  peak,
  pointsWithin,
} from "#claim";
import type { Unit } from "../../examples/parallelism.ts";
import {
  job,
  oneThread as oneThreadUnchecked,
  overlapping,
  twoWorkers as twoWorkersUnchecked,
} from "../../examples/parallelism.ts";

/** As many as there are below 100,000. */
const PRIMES = 9592;
/** Of each job, as the notes say. */
const UNITS = 8;

// Each job begins with a unit before it awaits anything, and neither has had
// its last one by then. Units that overlap would be another thread's.
claim("both-under-way", {
  figure: "jobs under way at the same time",
  unit: "",
  bound: exactly(2),
  subject: async () => {
    const jobs = await oneThread();
    return overlapping(jobs) > 0 ? NaN : peak(jobs.map(whole));
  },
  controls: {
    "one after the other": {
      leavesOut: "taking turns: the second job starts when the first has ended",
      measure: async () =>
        peak([await job("job 1"), await job("job 2")].map(whole)),
    },
  },
});

// One thread ends a unit before it begins the next, so it never gets above 0,
// and one pass is proof. Threads that take turns on one core overlap as well.
// Load can keep one worker from a core until the other has done all its units:
// less and less likely, the more units both have.
claim("units-overlap", {
  figure: "units that overlap with one of the other job",
  unit: "%",
  bound: atLeast(50),
  subject: async (dose) => overlapping(await twoWorkers(UNITS * dose)),
  controls: {
    "one thread": {
      leavesOut: "the second thread",
      measure: async (dose) => overlapping(await oneThread(UNITS * dose)),
    },
  },
  tries: 5,
});

// No core gives more than a second of CPU time in a second, so one pass is
// proof. What starting the workers takes counts less, the more they compute.
claim("more-than-one-core", {
  needs: ["the CPU time of the process", "two free cores"],
  figure: "CPU time of the process, as a multiple of the time gone by",
  unit: "×",
  bound: moreThan(1.3),
  subject: (dose) => coresUsed(() => twoWorkers(8 * UNITS * dose)),
  controls: {
    "one thread": {
      leavesOut: "the second thread",
      measure: (dose) => coresUsed(() => oneThread(8 * UNITS * dose)),
    },
  },
  tries: 5,
});

// No timer fires on a thread inside a unit that it computes, so one pass is
// proof. Load can only make the main thread sleep through its timer.
claim("main-thread-free", {
  figure: "turns of a timer on the main thread while the jobs computed",
  unit: "",
  bound: moreThan(0),
  subject: (dose) => turnsBeside(() => twoWorkers(UNITS * dose)),
  controls: {
    "one thread": {
      leavesOut: "the workers: the main thread computes both jobs",
      measure: (dose) => turnsBeside(() => oneThread(UNITS * dose)),
    },
  },
  tries: 5,
});

const oneThread = async (units = UNITS) =>
  counted(await onThreads(0, () => oneThreadUnchecked(units), halfAJob), units);
const twoWorkers = async (units = UNITS) =>
  counted(
    await onThreads(2, () => twoWorkersUnchecked(units), halfAJob),
    units,
  );

/** Two jobs whose units have counted all primes, and did not just pass time. */
function counted(jobs: Unit[][], units: number): Unit[][] {
  const lengths = jobs.map(({ length }) => length).join();
  if (lengths !== `${units},${units}`) throw new Error(`${lengths} units.`);
  const wrong = jobs.flat().find(({ primes }) => primes !== PRIMES);
  if (wrong) throw new Error(`A unit counted ${wrong.primes} primes.`);
  return jobs;
}

/** Half of the shorter job: for that long, each worker computes at the least. */
function halfAJob(jobs: Unit[][]): number {
  const computing = jobs.map((units) =>
    units.reduce((sum, { start, end }) => sum + end - start, 0),
  );
  return Math.min(...computing) / 2;
}

/** From the start of a job's first unit to the end of its last. */
function whole(units: Unit[]): Pick<Unit, "start" | "end"> {
  return { start: units[0]!.start, end: units.at(-1)!.end };
}

async function coresUsed(run: () => Promise<unknown>): Promise<number> {
  const { cpu, wall } = await observeProcess(run);
  return cpu / wall;
}

/** Turns of a timer while a unit of one job, or one of each, was computed. */
async function turnsBeside(run: () => Promise<Unit[][]>): Promise<number> {
  const turns: { at: number }[] = [];
  const timer = setInterval(
    () => turns.push({ at: performance.timeOrigin + performance.now() }),
    5,
  );
  const units = (await run().finally(() => clearInterval(timer))).flat();
  const inside = (turn: { at: number }) =>
    units.some((unit) => pointsWithin([turn], unit) > 0);
  return turns.filter(inside).length;
}
