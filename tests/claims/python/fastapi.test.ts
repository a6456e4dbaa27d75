import {
  claim,
  everAbove,
  exactly,
  observePython,
  peak,
  withCode,
} from "#python";

const WAIT = 100; // ms
const REQUESTS = 4;
const THREADS = 2;

const blocked = {
  leavesOut: "the await: each handler keeps the loop's thread",
};
const pooled = { leavesOut: "the loop: each handler waits on a thread" };
const awaited = { leavesOut: "the blocking: each handler awaits" };

// No wait can end before the loop has turned, and the client sends all four
// before it. Load can only keep one from coming or ending in time, or a timer
// from its turns: then all wait longer.
claim("awaits-together", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(REQUESTS),
  subject: (dose) => freeWaitsAtOnce(dose),
  controls: {
    blocking: { ...blocked, measure: (dose) => waitsAtOnce("blocking", dose) },
    "pool of 2": { ...pooled, measure: (dose) => waitsAtOnce("pool", dose) },
  },
  tries: 5,
});

// A wait that keeps the thread ends before anything else on it can start. Load
// can part the waits of the others, so they have tries: one overlap is proof.
claim("blocks-in-turn", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(1),
  subject: () => waitsAtOnce("blocking"),
  controls: {
    awaiting: {
      ...awaited,
      measure: () => everAbove(1, (dose) => waitsAtOnce("awaiting", dose)),
    },
    "pool of 2": {
      ...pooled,
      measure: () => everAbove(1, (dose) => waitsAtOnce("pool", dose)),
    },
  },
});

// A call that returns in the turn in which it began lets the loop do nothing.
// A wait lets it turn before it ends, unless load keeps the loop from a core
// and a thread's wait ends meanwhile: then all wait longer.
claim("stops-the-loop", {
  figure: "most turns of the loop during one of the four waits",
  unit: "",
  bound: exactly(0),
  subject: () => turnsDuring("blocking"),
  controls: {
    awaiting: {
      ...awaited,
      measure: () => everAbove(0, (dose) => turnsDuring("awaiting", dose)),
    },
    "pool of 2": {
      ...pooled,
      measure: () => everAbove(0, (dose) => turnsDuring("pool", dose)),
    },
  },
});

// The ping is sent when the four have been handed to the system, and a loop that
// sleeps takes connections in the order in which they came. Load can hold up the
// ping until the others are done: they have tries, and one overtaking is proof.
claim("ping-comes-last", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: exactly(0),
  subject: () => overtaken("blocking"),
  controls: {
    awaiting: {
      ...awaited,
      measure: () => everAbove(0, (dose) => overtaken("awaiting", dose)),
    },
    "pool of 2": {
      ...pooled,
      measure: () => everAbove(0, (dose) => overtaken("pool", dose)),
    },
  },
});

// A third handler needs a thread that has done with another. Load can only keep
// a second one, or a third, from coming or ending in time: then all wait longer.
claim("fills-the-pool", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(THREADS),
  subject: (dose) => waitsInPairs("pool", dose),
  controls: {
    awaiting: {
      leavesOut: "the pool: each handler awaits",
      measure: () =>
        everAbove(THREADS, (dose) => waitsInPairs("awaiting", dose)),
    },
    blocking: { ...blocked, measure: (dose) => waitsInPairs("blocking", dose) },
    "pool of 3": {
      leavesOut: "the size: there is a thread more",
      measure: () =>
        everAbove(THREADS, (dose) =>
          waitsInPairs("pool", dose, "THREADS += 1"),
        ),
    },
  },
  tries: 5,
});

// The client is another process, and sends the ping last. Load can hold it up
// until one of the others is done, so they may have to wait longer. A loop that
// sleeps takes the connections in the order in which they came, and a ping that
// queues for a thread gets one when another is done with it: the first, where
// who queued last is served first (AnyIO 3).
claim("ping-overtakes", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: exactly(REQUESTS),
  subject: (dose) => overtaken("pool", dose),
  controls: {
    "ping in the pool": {
      leavesOut: "the free loop: the ping queues for a thread as well",
      measure: (dose) => overtaken("pool", dose, PING_IN_POOL),
    },
    blocking: {
      leavesOut: "the threads: it is the loop's own that sleeps",
      measure: (dose) => overtaken("blocking", dose),
    },
  },
  tries: 5,
});

// The loop's default executor starts a thread for each call up to five at the
// least, of which one waits for the client. Load can only keep a call from coming
// or ending in time: then all wait longer.
claim("to-thread-is-another-pool", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(REQUESTS),
  subject: (dose) => waitsInHandler("asyncio.to_thread", dose),
  controls: {
    run_in_threadpool: {
      leavesOut: "asyncio's pool: the call goes to FastAPI's, of two threads",
      measure: (dose) => waitsInHandler("run_in_threadpool", dose),
    },
  },
  tries: 5,
});

type Way = "awaiting" | "blocking" | "pool" | "handing";

async function waitsAtOnce(way: Way, dose = 1): Promise<number> {
  return peak((await observe(way, dose)).waits);
}

/** More than two are too many in any case; two have to be sure, and two again. */
async function waitsInPairs(way: Way, dose: number, code = "") {
  const { waits, last } = await observe(way, dose, code);
  if (peak(waits) > THREADS) return peak(waits);
  return Math.min(peak(last.slice(0, THREADS)), peak(last.slice(THREADS)));
}

/**
 * Gives each wait a neighbour on the loop, and keeps the fewest of its turns. And
 * counts how many handlers slept at the same time: who only queues does not.
 */
const NEIGHBOURS = `
as_written, fall_asleep = measured, asyncio.sleep
handlers, asleep, most, fewest = set(), 0, 0, 100

async def sleep(seconds):
    global asleep, most
    is_handler = asyncio.current_task() in handlers
    asleep += is_handler
    most = max(most, asleep)
    await fall_asleep(seconds)
    asleep -= is_handler

asyncio.sleep = sleep

@contextmanager
def measured(way):
    global fewest
    turns = []

    async def neighbour():
        while True:
            await asyncio.sleep(WAIT / 4)
            turns.append(way)

    handlers.add(asyncio.current_task())
    beside = asyncio.get_running_loop().create_task(neighbour())
    with as_written(way):
        yield
    fewest = min(fewest, len(turns))
    beside.cancel()
`;

/** A wait shows nothing of awaiting if it keeps the loop from half of it on. */
async function freeWaitsAtOnce(dose: number): Promise<number> {
  const told = `(await serve("awaiting"), [fewest, most])[1]`;
  type Told = [turns: number, asleep: number];
  const { value, last } = await observe<Told>(
    "awaiting",
    dose,
    NEIGHBOURS,
    told,
  );
  const [turns, asleep] = value;
  return turns < 2 ? NaN : Math.min(asleep, peak(last));
}

/** How many calls surely wait at once that an `async def` hands to a thread. */
async function waitsInHandler(
  toThread: "asyncio.to_thread" | "run_in_threadpool",
  dose: number,
): Promise<number> {
  const handler = `
from fastapi.concurrency import run_in_threadpool

@app.get("/handing")
async def handing():
    await ${toThread}(pool)
`;
  return peak((await observe("handing", dose, handler)).last);
}

async function overtaken(way: Way, dose = 1, code = ""): Promise<number> {
  return (await observe(way, dose, code)).value;
}

const PING_IN_POOL = `
app.router.routes[:] = [each for each in app.routes if each.path != "/ping"]

@app.get("/ping")
def ping():
    return "pong"
`;

/** Asks the loop for a call in each of its turns, and counts them. */
const COUNT_TURNS = `
as_written = measured
turns = most = 0

def turn():
    global turns
    turns += 1
    asyncio.get_running_loop().call_soon(turn)

@contextmanager
def measured(way):
    global most
    with as_written(way):
        before = turns
        yield
        most = max(most, turns - before)

async def most_turns(way):
    turn()
    await serve(way)
    return most
`;

async function turnsDuring(way: Way, dose = 1): Promise<number> {
  const turns = `await most_turns("${way}")`;
  return (await observe(way, dose, COUNT_TURNS, turns)).value;
}

/** What happened when one way was served. All four have to wait. */
async function observe<Value = number>(
  way: Way,
  dose: number,
  code = "",
  expression = `(await serve("${way}"))[0]`,
) {
  const { value, spans } = await observePython<Value>(
    "fastapi",
    withCode(`WAIT *= ${dose}\n${code}`, expression),
  );
  const ms = WAIT * dose;
  const name = way === "handing" ? "pool" : way;
  const waits = spans.filter((span) => span.name === name);
  // A sleep may end up to 1 ms early.
  const long = waits.filter(({ start, end }) => end - start >= ms - 1);
  if (long.length !== REQUESTS) {
    throw new Error(`Of ${REQUESTS} slow requests, ${long.length} waited.`);
  }
  // A pool shows nothing if it is the loop's own thread that waits.
  if (name === "pool" && waits.some(({ thread }) => thread === 0)) {
    throw new Error("The handlers of the pool waited on the loop's thread.");
  }
  // Who queues for another ends a whole wait later, and no wait is sure before
  // its own. Half of one is left for what keeps an end from being noticed. Who
  // sleeps piece by piece, and lets the others in between, is longer about it.
  const last = waits
    .filter(({ start, end }) => end - start < 1.5 * ms)
    .map(({ end }) => ({ start: end - ms / 2, end }))
    .sort((a, b) => a.end - b.end);
  return { value, waits, last };
}
