import {
  atLeast,
  claim,
  exactly,
  lessThan,
  observePython,
  peak,
  withCode,
  COUNT_SLEEPERS,
} from "#python";

const inTurnOnly = {
  leavesOut: "starting together: each begins after the other",
};
const computing = { leavesOut: "the waiting: each task computes" };

// The loop sleeps where it asks the system for what is ready and may wait for
// it. Computing leaves exactly 0 at any load, so one pass is proof: load can
// only keep a thread from its rest. The calls stay as long as they are, or what
// keeps the thread for a while of each would not show.
claim("thread-rests", {
  figure: "share of eight calls in which the event loop rested",
  unit: "%",
  bound: atLeast(50),
  subject: () => restShare("call"),
  controls: {
    computations: { ...computing, measure: () => restShare("compute") },
    "calls that watch the clock": {
      leavesOut: "the rest: each call looks at the clock until it is time",
      measure: (dose) => restShare(`lambda: watch(${WAIT * dose})`),
    },
  },
  tries: 5,
});

// All eight begin in one turn of the loop, and are answered in later ones: none
// is due when the last begins, unless one before keeps the thread. Load can make
// one due, and another try shows it. No call needs a thread of its own: where one
// starts, there is no figure.
claim("waits-overlap", {
  figure: "calls in flight at the same time",
  unit: "",
  bound: exactly(8),
  subject: () => waitsAtOnce('at_once("call", call)'),
  controls: {
    "in turn": {
      ...inTurnOnly,
      measure: () => peakOf('in_turn("call", call)'),
    },
    computations: {
      ...computing,
      measure: () => peakOf('at_once("computation", compute)'),
    },
  },
  tries: 5,
});

// Load makes no sleep compute: what the calls cost is the noise of a process,
// a few ms. More of both lifts the computing above it, and computing costs as
// much as computing, so one pass is proof. What only a first call computes, all
// eight do: they are the first of a process each time.
claim("costs-little-cpu", {
  figure: "CPU time, as a share of as many computations'",
  unit: "%",
  bound: lessThan(10),
  subject: (dose) => cpuShare("call", dose),
  controls: {
    "every other call computes": {
      leavesOut: "the waiting in every other call: it computes",
      measure: (dose) => cpuShare("every_other_computes", dose),
    },
  },
  tries: 5,
});

// No call ends before it is counted, and it is counted when each thread has
// begun one. Load can only make the count later. With 100 CPUs, as the program
// is told in the end, the pool has to keep to 32.
claim("pool-of-to-thread", {
  figure: "calls under way beyond min(32, CPUs + 4)",
  unit: "",
  bound: exactly(0),
  subject: async () => (await beyondDefault()) || beyondDefault(0, 100),
  controls: {
    "a pool of 40": {
      leavesOut: "the default: the loop is given a pool of 40, as FastAPI's",
      measure: () => beyondDefault(40),
    },
    "a pool of 2": {
      leavesOut: "the default: the loop is given a pool of 2",
      measure: () => beyondDefault(2),
    },
  },
});

/** In seconds, as the notes say. The program has its own, and has to have the same. */
const WAIT = 0.04;

const DEFINITIONS = `
import concurrent.futures
import itertools
import os
import selectors

class Selector(selectors.DefaultSelector):
    """Where the loop sleeps, how long it has, and who hears that nothing is left."""
    rest, nothing_left = 0, None

    def select(self, timeout=None):
        if timeout is None and self.nothing_left:
            self.nothing_left.set()
            self.nothing_left, timeout = None, 0
        start = time.perf_counter()
        ready = super().select(timeout)
        if timeout is None or timeout > 0:
            self.rest += time.perf_counter() - start
        return ready

def run_in_loop(of, *given):
    selector = Selector()
    loop = lambda: asyncio.SelectorEventLoop(selector)
    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(of(selector, *given))

def rest_share(task):
    return run_in_loop(share_of, task)

async def share_of(selector, task):
    moments = []
    note = lambda: moments.append((time.perf_counter(), selector.rest))

    async def in_flight():
        note()
        await task()
        note()

    await at_once("rest", in_flight)
    (start, before), *_, (end, after) = moments
    return 100 * (after - before) / (end - start)

async def watch(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

calls = itertools.count()

async def every_other_computes():
    await (compute if next(calls) % 2 else call)()

async def checked():
    assert await compute() == 4203

def cpu_of(task):
    start = time.process_time()
    run_in_loop(to_the_end, task)
    return time.process_time() - start

async def to_the_end(selector, task):
    await at_once("cpu", task)
    # What it left for later counts, too.
    selector.nothing_left = asyncio.Event()
    await selector.nothing_left.wait()

async def waited(seconds=${WAIT}):
    start = time.perf_counter()
    await called(seconds)
    assert time.perf_counter() - start > seconds / 2

called, call = call, waited

def cpu_times(task):
    return [cpu_of(task), cpu_of(checked)]

async def beyond_default(workers, cpus):
    is_new = hasattr(os, "process_cpu_count")
    count = "process_cpu_count" if is_new else "cpu_count"
    if cpus:
        setattr(os, count, lambda: cpus)
    if workers:
        pool = concurrent.futures.ThreadPoolExecutor(workers)
        asyncio.get_running_loop().set_default_executor(pool)
    return await blocked_at_once() - min(32, getattr(os, count)() + 4)
`;

async function restShare(task: string): Promise<number> {
  return valueOf(`rest_share(${task})`);
}

async function cpuShare(task: string, dose: number): Promise<number> {
  let [calls, computing] = [0, 0];
  for (let n = 0; n < dose; n++) {
    const cpu = await valueOf<[number, number]>(`cpu_times(${task})`);
    calls += cpu[0];
    computing += cpu[1];
  }
  return (100 * calls) / computing;
}

/** With as many CPUs as there are, if it is not said how many. */
async function beyondDefault(workers = 0, cpus = 0): Promise<number> {
  return valueOf(`beyond_default(${workers}, ${cpus})`);
}

/** Python tells of each thread that starts, by one event or another. */
const THREADS = `
threads = []

def hear(event, args):
    if event.startswith("_thread.start"):
        threads.append(event)

sys.addaudithook(hear)
`;

/** How many of eight tasks are in flight at the same time, on one thread. */
async function peakOf(run: string): Promise<number> {
  return (await inFlight(run)).peak;
}

/** The same, of tasks that have to wait all the while. */
async function waitsAtOnce(run: string): Promise<number> {
  const { peak, asleep } = await inFlight(run);
  return Math.min(peak, asleep);
}

async function inFlight(run: string) {
  type Told = [done: null, threads: string[], asleep: number];
  const { spans, value } = await observePython<Told>(
    "io-bound",
    withCode(
      THREADS + COUNT_SLEEPERS,
      `[await ${run}, threads, most if sleeps == [${WAIT}] * 8 else 0]`,
    ),
  );
  if (spans.length !== 8) throw new Error(`${spans.length} of 8 tasks ended.`);
  const [, threads, asleep] = value;
  return { peak: threads.length === 0 ? peak(spans) : NaN, asleep };
}

/** What the program gives beside the definitions above. */
async function valueOf<Value = number>(expression: string): Promise<Value> {
  const defined = withCode(DEFINITIONS, expression);
  return (await observePython<Value>("io-bound", defined)).value;
}
