import {
  claim,
  everAbove,
  exactly,
  moreThan,
  observePython,
  peak,
  pointsWithin,
  withCode,
} from "#python";

const CHECKS = 3000;

/** As Python starts: whoever is stopped sooner lets others in by that. */
const DEFAULT_SETTINGS = `
import sys
assert sys.getswitchinterval() == 0.005
`;

/** A job of the same shape that only waits. */
const WAITING = `
async def compute(checks):
    start = time.perf_counter()
    await asyncio.sleep(TURN)
    end = time.perf_counter()
    sys.audit("measure", "on the loop", start, end)
    return start, end, 0
`;

// A job that awaits nothing runs to its end before the loop calls the next one.
// All three that wait have begun before it looks at its timers. The interpreter
// goes from one thread to the next every 5 ms. Load can hide that only from short
// jobs: they have tries, and an overlap is proof.
claim("one-after-another", {
  figure: "jobs in progress at the same time",
  unit: "",
  bound: exactly(1),
  subject: () => inProgress("on_the_loop"),
  controls: {
    "three waits": {
      leavesOut: "the computing: each job waits for a timer",
      measure: async () => {
        const waits = withCode(WAITING, "on_the_loop()");
        return peak((await observePython<unknown>("cpu-bound", waits)).spans);
      },
    },
    threads: {
      leavesOut: "the one thread: each job has its own",
      measure: () => everAbove(1, (dose) => inProgress("in_threads", dose)),
    },
  },
});

// Each job keeps the thread from its start to its end, and the next begins
// before the loop has turned.
claim("holds-up-everybody", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: () => turns("on_the_loop"),
  controls: {
    threads: {
      leavesOut: "the loop's thread: each job computes in another",
      measure: () => everAbove(0, (dose) => turns("in_threads", dose)),
    },
  },
});

// The interpreter gives its lock to the loop's thread 5 ms after that has asked.
// If the loop's thread has to ask for a thousand seconds, it gets a turn between
// two jobs, but none while one computes: so one pass is proof. Load can only make
// it sleep through its timer. (Without the GIL the control has turns as well.)
claim("threads-leave-the-loop", {
  figure: "turns that the neighbour got while the threads computed",
  unit: "",
  bound: moreThan(0),
  subject: (dose) => turns("in_threads", dose, DEFAULT_SETTINGS),
  controls: {
    uninterrupted: {
      leavesOut: "the giving way: no thread is stopped before its job is done",
      measure: (dose) =>
        turns("in_threads", dose, "sys.setswitchinterval(1000)"),
    },
  },
  tries: 5,
});

// No core gives more than a second of CPU time in a second, and the interpreter's
// lock goes to one thread at a time: so one pass is proof.
claim("only-processes-add-up", {
  needs: ["two free cores"],
  figure: "CPU time of the three jobs, as a multiple of the time gone by",
  unit: "×",
  bound: moreThan(1.3),
  subject: (dose) => cores("in_processes", 4 * dose),
  controls: {
    threads: {
      leavesOut: "the processes: three threads share one interpreter's lock",
      measure: (dose) => cores("in_threads", 4 * dose),
    },
  },
  tries: 5,
});

type Way = "on_the_loop" | "in_threads" | "in_processes";

/** What happened, and how many cores the jobs kept busy. */
async function run(way: Way, dose = 1, code = "") {
  const jobs = `beside(${way}(${CHECKS * dose}))`;
  const { value, spans, points } = await observePython<
    [seconds: number, cores: number, turns: number]
  >("cpu-bound", withCode(code, jobs));
  const [seconds, cores] = value;
  // Their millions of rounds take some 100 ms, and a sleep of any length 0.1.
  if (seconds * cores < 0.005) throw new Error("The jobs have not computed.");
  // The loop's thread is 0.
  if (spans.some(({ thread }) => (thread === 0) !== (way === "on_the_loop"))) {
    throw new Error(`A job ${way} ran on another thread.`);
  }
  return { spans, points, cores };
}

async function inProgress(way: Way, dose?: number): Promise<number> {
  return peak((await run(way, dose)).spans);
}

async function cores(way: Way, dose?: number): Promise<number> {
  const { spans, cores } = await run(way, dose);
  const places = spans.map((job) =>
    way === "in_processes" ? job.process : job.thread,
  );
  const used = new Set(places).size;
  if (used !== 3) throw new Error(`Three jobs ran ${way}: ${used}.`);
  return cores;
}

/** The neighbour's turns while a job, or several, computed. */
async function turns(way: Way, dose?: number, code?: string) {
  const { spans, points } = await run(way, dose, code);
  const within = spans.map((job) =>
    points.filter((at) => pointsWithin([at], job)),
  );
  return new Set(within.flat()).size;
}
