import {
  atLeast,
  claim,
  exactly,
  lessThan,
  observeProcess,
  peak,
  withTimers,
} from "#claim";
import {
  atOnce,
  call as callUnchecked,
  compute as computeUnchecked,
  fileReader,
  inTurn,
  WAIT_MS,
} from "../../examples/io-bound.ts";

const inTurnOnly = {
  leavesOut: "starting together: each begins after the other",
};
const computing = { leavesOut: "the waiting: each task computes" };

// The loop cannot sleep while a function runs: computing leaves exactly 0 at
// any load, so one pass is proof. Load can only keep a thread from its rest.
claim("thread-rests", {
  figure: "share of eight calls in which the event loop rested",
  unit: "%",
  bound: atLeast(50),
  subject: (dose) => restShare((lane) => call(lane, WAIT_MS * dose)),
  controls: {
    computations: { ...computing, measure: () => restShare(compute) },
    "calls that watch the clock": {
      leavesOut: "the rest: each call looks at the clock until it is time",
      measure: (dose) => restShare((lane) => watch(lane, WAIT_MS * dose)),
    },
  },
  tries: 5,
  needs: ["the rest of the event loop"],
});

// All eight are asked for before the loop turns, and answered after it has. Each
// has a timer on this thread then: whoever queues for the call before has none
// yet, and who has a thread of its own has none here.
claim("waits-overlap", {
  figure: "calls in flight at the same time",
  unit: "",
  bound: exactly(8),
  subject: () => callsInFlight(() => atOnce("call", call)),
  controls: {
    "in turn": {
      ...inTurnOnly,
      measure: () => callsInFlight(() => inTurn("call", call)),
    },
    computations: {
      ...computing,
      measure: () => peakOf(() => atOnce("computation", compute)),
    },
  },
});

// Load makes no timer compute: what the calls cost is the noise of a process,
// a few ms. More of both lifts the computing above it, and computing costs as
// much as computing, so one pass is proof.
claim("costs-little-cpu", {
  figure: "CPU time, as a share of as many computations'",
  unit: "%",
  bound: lessThan(10),
  subject: (dose) => cpuShare(call, dose),
  controls: {
    "every other call computes": {
      leavesOut: "the waiting in every other call: it computes",
      measure: (dose) => cpuShare(everyOtherComputes(), dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of the process"],
});

// Counted in the turn in which they begin, when no read can have ended. Only
// calls of `readFile` count: what blocks, or waits for something else first,
// has made none by then.
claim("reads-overlap", {
  figure: "file reads in flight while the thread is free",
  unit: "",
  bound: exactly(8),
  subject: () => inFlight(atOnce, fileReader),
  controls: {
    "in turn": {
      ...inTurnOnly,
      measure: () => inFlight(inTurn, fileReader),
    },
    "blocking reads": {
      leavesOut: "giving the thread back: each read keeps it",
      measure: () => inFlight(atOnce, blockingReader),
    },
    "blocking reads after a timer": {
      leavesOut: "the reads: each waits for a timer, and then keeps the thread",
      measure: () => inFlight(atOnce, () => blockingReader(pause)),
    },
    "blocking reads after a turn of the loop": {
      leavesOut: "the reads: each waits for a turn, and then keeps the thread",
      measure: () => inFlight(atOnce, () => blockingReader(turn)),
    },
    "one read for all": {
      leavesOut: "seven of the reads: all eight wait for the same one",
      measure: () => inFlight(atOnce, oneReader),
    },
  },
  needs: ["files"],
});

type Task = (lane: string) => Promise<unknown>;

/** A call that waits, and does not return at once. Some clocks are coarse. */
async function call(lane: string, ms = WAIT_MS): Promise<void> {
  const start = performance.now();
  await callUnchecked(lane, ms);
  const waited = performance.now() - start;
  if (waited < ms / 2) throw new Error(`It waited ${waited} ms of ${ms}.`);
}

/** As many primes as there are below 150,000: it does not just pass time. */
async function compute(lane: string): Promise<void> {
  const primes = await computeUnchecked(lane);
  if (primes !== 13_848) throw new Error(`It found ${primes} primes.`);
}

async function peakOf(run: () => Promise<void>): Promise<number> {
  return peak((await observeProcess(run)).spans);
}

async function callsInFlight(run: () => Promise<void>): Promise<number> {
  const { spans, timers } = await withTimers(run);
  return Math.min(peak(spans), timers);
}

/** How many tasks have called `readFile`, and wait for it, when all is run. */
async function inFlight(
  start: typeof atOnce,
  reader: () => Promise<Task | undefined>,
): Promise<number> {
  const reads = await countReads();
  try {
    const task = (await reader())!;
    let inProgress = 0;
    const all = start("read", async (lane) => {
      inProgress++;
      await task(lane);
      inProgress--;
    });
    await null;
    // Asked for in a microtask, a tick comes when no microtask is left.
    await new Promise<void>((wake) => process.nextTick(wake));
    const left = Math.min(inProgress, reads.inFlight());
    await all;
    return left;
  } finally {
    reads.restore();
  }
}

/**
 * Counts the calls of `readFile` that are not over, whoever imports it next.
 *
 * @throws where the runtime keeps to its own, as Deno and Bun do
 */
async function countReads() {
  const { syncBuiltinESMExports } = await import("node:module");
  const { default: files } = await import("node:fs/promises");
  const { readFile } = files;
  let inFlight = 0;
  const counting = async (...asked: Parameters<typeof readFile>) => {
    inFlight++;
    try {
      return await readFile(...asked);
    } finally {
      inFlight--;
    }
  };
  const put = (other: unknown) => {
    Object.assign(files, { readFile: other });
    syncBuiltinESMExports();
  };
  put(counting);
  const imported = await import("node:fs/promises");
  const read = imported.readFile(new URL(import.meta.url));
  const isCounted = inFlight === 1;
  await read;
  if (!isCounted) throw new Error("`readFile` cannot be counted.");
  return { inFlight: () => inFlight, restore: () => put(readFile) };
}

/** All eight begin before the loop turns. */
async function together(task: Task): Promise<void> {
  let begun = 0;
  const all = atOnce("task", (lane) => {
    begun++;
    return task(lane);
  });
  if (begun !== 8) throw new Error(`${begun} of 8 tasks started together.`);
  await all;
}

function everyOtherComputes(): Task {
  let calls = 0;
  return (lane) => (calls++ % 2 === 0 ? call(lane) : compute(lane));
}

async function restShare(task: Task): Promise<number> {
  const { idle, wall } = await observeProcess(() => together(task));
  return (100 * idle) / wall;
}

/** The CPU time of eight tasks in % of what eight computations take. */
async function cpuShare(task: Task, dose: number): Promise<number> {
  const often = async (task: Task) => {
    for (let n = 0; n < dose; n++) await together(task);
  };
  const computing = await observeProcess(() => often(compute));
  return (100 * (await observeProcess(() => often(task))).cpu) / computing.cpu;
}

async function watch(lane: string, ms: number): Promise<void> {
  const start = performance.now();
  while (performance.now() < start + ms);
  performance.measure(lane, { start });
}

const pause = () => new Promise<void>((wake) => setTimeout(wake, 1));
const turn = () => new Promise<void>((wake) => setImmediate(wake));

/** Its tasks all wait for the first one's read. */
async function oneReader(): Promise<Task> {
  const read = (await fileReader())!;
  let first: Promise<unknown> | undefined;
  return (lane) => (first ??= read(lane));
}

async function blockingReader(before = async () => {}): Promise<Task> {
  const { readFileSync } = await import("node:fs");
  return async () => {
    await before();
    readFileSync(new URL(import.meta.url));
  };
}
