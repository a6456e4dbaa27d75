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
  inTurn as inTurnUnchecked,
} from "../../examples/io-bound.ts";

/** As the notes say. */
const WAIT_MS = 40;

const inTurnOnly = {
  leavesOut: "starting together: each begins after the other",
};
const computing = { leavesOut: "the waiting: each task computes" };

// The loop cannot sleep while a function runs: computing leaves exactly 0 at
// any load, so one pass is proof. Load can only keep a thread from its rest. The
// calls stay as long as they are, or what keeps the thread for a while of each
// would not show, and they are the first ones of an example that is loaded anew.
claim("thread-rests", {
  figure: "share of eight calls in which the event loop rested",
  unit: "%",
  bound: atLeast(50),
  subject: async () => restShare(await firstCalls()),
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
// has a timer on this thread then, which is not due: whoever queues for the call
// before has none yet, who keeps the thread has one that is due, and who has a
// thread of its own has none here. Load can make one due, and another try shows it.
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
  tries: 5,
});

// Load makes no timer compute: what the calls cost is the noise of a process,
// a few ms. More of both lifts the computing above it, and computing costs as
// much as computing, so one pass is proof. What only a first call computes, every
// eight compute: each eight are of an example that is loaded anew.
claim("costs-little-cpu", {
  figure: "CPU time, as a share of as many computations'",
  unit: "%",
  bound: lessThan(10),
  subject: (dose) => cpuShare(firstCalls, dose),
  controls: {
    "every other call computes": {
      leavesOut: "the waiting in every other call: it computes",
      measure: (dose) => cpuShare(everyOtherComputes, dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of the process"],
});

// A task counts once, by a read of its own that gives the example's file in the end.
// It has begun in the turn in which the task began, and no read ends before the
// thread has rested: a task that is over by then did without. Load can only take
// that rest, and another try gives it more time.
claim("reads-overlap", {
  figure: "file reads in flight while the thread is free",
  unit: "",
  bound: exactly(8),
  subject: (dose) => inFlight(dose, atOnce, fileReader),
  controls: {
    "in turn": {
      ...inTurnOnly,
      measure: (dose) => inFlight(dose, inTurn, fileReader),
    },
    "blocking reads": {
      leavesOut: "giving the thread back: each read keeps it",
      measure: (dose) => inFlight(dose, atOnce, blockingReader),
    },
    "blocking reads after a timer": {
      leavesOut: "the reads: each waits for a timer, and then keeps the thread",
      measure: (dose) => inFlight(dose, atOnce, () => blockingReader(pause)),
    },
    "asking in each turn of the loop": {
      leavesOut: "the rest: each task asks over and over if its read is done",
      measure: (dose) => inFlight(dose, atOnce, askingReader),
    },
    "one read for all": {
      leavesOut: "seven of the reads: all eight wait for the same one",
      measure: (dose) => inFlight(dose, atOnce, oneReader),
    },
  },
  tries: 5,
  needs: ["files", "the rest of the event loop"],
});

// Written in full where it is used, Vite would publish the file as an asset.
const EXAMPLE = "../../examples/io-bound.ts";

type Task = (lane: string) => Promise<unknown>;

/** A call that waits, and does not return at once. Some clocks are coarse. */
const call = checked(callUnchecked);

function checked(unchecked: typeof callUnchecked): typeof callUnchecked {
  return async (lane, ms) => {
    const start = performance.now();
    await unchecked(lane, ms);
    const waited = performance.now() - start;
    if (waited < (ms ?? WAIT_MS) / 2) {
      throw new Error(`It waited ${waited} ms of ${ms ?? WAIT_MS}.`);
    }
  };
}

let loaded = 0;

/** Calls of the example as it is when nobody has made one yet. */
async function firstCalls(): Promise<typeof callUnchecked> {
  const { href } = new URL(`${EXAMPLE}?${++loaded}`, import.meta.url);
  const example = (await import(/* @vite-ignore */ href)) as {
    call: typeof callUnchecked;
  };
  return checked(example.call);
}

/** Eight in turn, each of which is over before the next begins. */
async function inTurn(lane: string, task: Task): Promise<void> {
  let begun = 0;
  let under = 0;
  await inTurnUnchecked(lane, async (lane) => {
    begun++;
    if (under++ > 0) throw new Error("Two tasks are under way at once.");
    await task(lane);
    under--;
  });
  if (begun !== 8) throw new Error(`${begun} of 8 tasks were made in turn.`);
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
  const { spans, asked, undue } = await withTimers([WAIT_MS], run);
  // A call has one timer. Another, such as a limit for a queue, is no wait.
  if (asked !== spans.length) return NaN;
  return Math.min(peak(spans), undue);
}

/** How many tasks wait for their own read of the file while the thread rests. */
async function inFlight(
  dose: number,
  start: typeof atOnce,
  reader: () => Promise<Task | undefined>,
): Promise<number> {
  const reads = await watchReads();
  try {
    const task = (await reader())!;
    const all = start("read", (lane) => reads.during(() => task(lane)));
    // It is awaited below, where its error is thrown.
    all.catch(() => {});
    await null;
    // Asked for in a microtask, a tick comes when no microtask is left.
    await new Promise<void>((wake) => process.nextTick(wake));
    const begun = reads.underWay();
    const { idle } = await observeProcess(() => pause(50 * dose));
    const left = new Set(idle > 10 * dose ? reads.underWay() : []);
    reads.letEnd();
    await all;
    const waited = begun.filter((read) => left.has(read) && read.hasFile);
    return new Set(waited.map(({ task }) => task)).size;
  } finally {
    reads.letEnd();
    reads.restore();
  }
}

/**
 * Watches `readFile`, whoever imports it next: which task calls it, whether
 * both are at it still, and whether it gave the content of the example's file.
 * What a task reads is held back until it is let.
 *
 * @throws where the runtime keeps to its own, as Deno and Bun do
 */
async function watchReads() {
  const { AsyncLocalStorage } = await import("node:async_hooks");
  const { syncBuiltinESMExports } = await import("node:module");
  const { default: files } = await import("node:fs/promises");
  const { readFile } = files;
  const file = new URL(EXAMPLE, import.meta.url);
  const content = await readFile(file);
  const tasks = new AsyncLocalStorage<{ isOver: boolean }>();
  const reads: {
    task: { isOver: boolean } | undefined;
    isOver: boolean;
    hasFile: boolean;
  }[] = [];
  const { promise: held, resolve: letEnd } = Promise.withResolvers<void>();
  const watched = async (...asked: Parameters<typeof readFile>) => {
    const task = tasks.getStore();
    const read = { task, isOver: false, hasFile: false };
    reads.push(read);
    try {
      const got = await readFile(...asked);
      if (task) await held;
      read.hasFile = content.equals(Buffer.from(got));
      return got;
    } finally {
      read.isOver = true;
    }
  };
  const put = (other: unknown) => {
    Object.assign(files, { readFile: other });
    syncBuiltinESMExports();
  };
  const restore = () => put(readFile);
  put(watched);
  const imported = await import("node:fs/promises");
  await imported.readFile(file).catch(() => {});
  if (reads.length !== 1 || !reads[0]!.hasFile) {
    restore();
    throw new Error("`readFile` cannot be watched.");
  }
  return {
    during: (act: () => Promise<unknown>) => {
      const task = { isOver: false };
      return tasks.run(task, async () => {
        await act();
        task.isOver = true;
      });
    },
    underWay: () =>
      reads.filter(({ task, isOver }) => task && !task.isOver && !isOver),
    letEnd,
    restore,
  };
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

async function everyOtherComputes(): Promise<Task> {
  let calls = 0;
  return (lane) => (calls++ % 2 === 0 ? call(lane) : compute(lane));
}

/** The rest while tasks are in flight, in %. They all begin together. */
async function restShare(task: Task): Promise<number> {
  const { idle, wall, spans } = await observeProcess(() => together(task));
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const inFlight = last - first;
  // Before and after, the loop may have rested all the time.
  const rest = Math.max(0, idle - (wall - inFlight));
  return (100 * rest) / inFlight;
}

/** The CPU time of eight tasks in % of what eight computations take. */
async function cpuShare(
  make: () => Promise<Task>,
  dose: number,
): Promise<number> {
  const tasks: Task[] = [];
  for (let n = 0; n < dose; n++) tasks.push(await make());
  const each = async (tasks: Task[]) => {
    for (const task of tasks) await together(task);
  };
  const computing = await observeProcess(() => each(tasks.map(() => compute)));
  const before = process.getActiveResourcesInfo().length;
  const { cpu } = await observeProcess(() => each(tasks));
  // What is left for later has not been paid for yet.
  if (process.getActiveResourcesInfo().length > before) return NaN;
  return (100 * cpu) / computing.cpu;
}

async function watch(lane: string, ms: number): Promise<void> {
  const start = performance.now();
  while (performance.now() < start + ms);
  performance.measure(lane, { start });
}

const pause = (ms = 1) => new Promise<void>((wake) => setTimeout(wake, ms));

/** Its tasks ask for their reads' ends instead of waiting to be told. */
async function askingReader(): Promise<Task> {
  const read = (await fileReader())!;
  return async (lane) => {
    let isDone = false;
    const done = read(lane).then(() => (isDone = true));
    while (!isDone) await new Promise<void>((wake) => setImmediate(wake));
    await done;
  };
}

/** Its tasks all wait for the first one's read. */
async function oneReader(): Promise<Task> {
  const read = (await fileReader())!;
  let first: Promise<unknown> | undefined;
  return (lane) => (first ??= read(lane));
}

async function blockingReader(
  before: () => Promise<void> = async () => {},
): Promise<Task> {
  const { readFileSync } = await import("node:fs");
  return async () => {
    await before();
    readFileSync(new URL(import.meta.url));
  };
}
