import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import { claim, exactly, observeProcess, peak } from "#claim";
import type { Handler } from "../../examples/fastapi.ts";
import {
  awaiting,
  blocking,
  openPool,
  serve,
  WAIT_MS,
} from "../../examples/fastapi.ts";

/** As many as the sentences say, whatever the example's constants are. */
const FOUR = 4;
const TWO = 2;

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
  bound: exactly(FOUR),
  subject: (dose) => freeWaitsAtOnce(awaiting, dose),
  controls: {
    blocking: {
      ...blocked,
      measure: (dose) => waitsAtOnce(blocking, dose),
    },
    "pool of 2": {
      ...pooled,
      measure: (dose) => waitsInPool(TWO, dose),
    },
  },
  tries: 5,
});

// A wait that keeps the thread ends before anything else on it can start. All
// begin when the last request is there, so load cannot part them, and no wait
// of the others ends before the turn in which all of them begin.
claim("blocks-in-turn", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(1),
  subject: () => waitsAtOnce(together(blocking)),
  controls: {
    awaiting: { ...awaited, measure: () => waitsAtOnce(together(awaiting)) },
    "pool of 2": {
      ...pooled,
      measure: () => withPool(TWO, (pool) => waitsAtOnce(together(pool))),
    },
  },
});

// A call that returns in the turn in which it began lets the loop do nothing.
claim("stops-the-loop", {
  figure: "most turns of the loop during one of the four waits",
  unit: "",
  bound: exactly(0),
  subject: () => turnsDuring(blocking),
  controls: {
    awaiting: { ...awaited, measure: () => turnsDuring(awaiting) },
    "pool of 2": {
      ...pooled,
      measure: () => withPool(TWO, turnsDuring),
    },
  },
  needs: ["the turns of the event loop"],
});

// The ping is sent when the four have been handed to the system, and a loop that
// sleeps takes connections in the order in which they came. Load can hold up the
// ping until the others are done: they have tries, and one overtaking is proof.
claim("ping-comes-last", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: exactly(0),
  subject: () => overtaken(blocking),
  controls: {
    awaiting: {
      ...awaited,
      measure: () => everAbove(0, (dose) => overtaken(awaiting, dose)),
    },
    "pool of 2": {
      ...pooled,
      measure: () =>
        everAbove(0, (dose) => withPool(TWO, (pool) => overtaken(pool, dose))),
    },
  },
});

// A third wait needs a thread whose message has come back. Load can only keep
// a second one, or a third, from coming or ending in time: then all wait longer.
claim("fills-the-pool", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(TWO),
  subject: (dose) => waitsInPool(TWO, dose),
  controls: {
    awaiting: {
      leavesOut: "the pool: each handler awaits",
      measure: () => everAbove(TWO, (dose) => waitsInPairs(awaiting, dose)),
    },
    blocking: { ...blocked, measure: (dose) => waitsInPairs(blocking, dose) },
    "pool of 3": {
      leavesOut: "the size: there is a thread more",
      measure: () => everAbove(TWO, (dose) => waitsInPool(TWO + 1, dose)),
    },
  },
  tries: 5,
});

// The client is on a thread of its own, and sends the ping last. Load can hold
// it up until the others are done, so they may have to wait longer. A loop that
// sleeps takes the connections in the order in which they came.
claim("ping-overtakes", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: exactly(FOUR),
  subject: (dose) => withPool(TWO, (pool) => overtaken(pool, dose)),
  controls: {
    blocking: {
      leavesOut: "the threads: it is the loop's own that sleeps",
      measure: (dose) => overtaken(blocking, dose),
    },
  },
  tries: 5,
});

async function waitsAtOnce(handler: Handler, dose = 1): Promise<number> {
  return (await observe(handler, dose)).atOnce;
}

/** More than two are too many in any case; two have to be sure, and two again. */
async function waitsInPairs(handler: Handler, dose: number): Promise<number> {
  const { atOnce, last } = await observe(handler, dose);
  if (atOnce > TWO) return atOnce;
  return Math.min(peak(last.slice(0, TWO)), peak(last.slice(TWO)));
}

/** A wait shows nothing of awaiting if it keeps the loop from half of it on. */
async function freeWaitsAtOnce(handler: Handler, dose: number) {
  let fewest = Infinity;
  const { last } = await observe(async (ms) => {
    let turns = 0;
    const neighbour = setInterval(() => turns++, ms / 4);
    await handler(ms);
    clearInterval(neighbour);
    fewest = Math.min(fewest, turns);
  }, dose);
  return fewest < 2 ? NaN : peak(last);
}

async function overtaken(handler: Handler, dose = 1): Promise<number> {
  return (await observe(handler, dose)).overtaken;
}

/** Without four waits of the length that was asked for, it shows nothing. */
async function observe(handler: Handler, dose = 1) {
  const ms = WAIT_MS * dose;
  const { value, spans } = await observeProcess(() => serve(handler, ms));
  const waits = spans.filter(({ name }) => name !== "ping");
  const lasted = waits.map(({ start, end }) => end - start);
  // A timer may fire up to 1 ms early.
  if (lasted.length !== FOUR || lasted.some((each) => each < ms - 1)) {
    throw new Error(`The waits of ${ms} ms lasted ${lasted.join(", ")} ms.`);
  }
  // Who queues for another ends a whole wait later, and no wait is sure before
  // its own. Half of one is left for what keeps an end from being noticed. Who
  // sleeps piece by piece, and lets the others in between, is longer about it.
  const last = waits
    .filter(({ start, end }) => end - start < 1.5 * ms)
    .map(({ end }) => ({ start: end - ms / 2, end }))
    .sort((a, b) => a.end - b.end);
  return { atOnce: peak(waits), last, overtaken: value };
}

/** Handles the requests when all of them have come. */
function together(handler: Handler): Handler {
  let come = 0;
  let begin: () => void;
  const all = new Promise<void>((resolve) => (begin = resolve));
  return async (ms) => {
    if (++come === FOUR) begin();
    await all;
    await handler(ms);
  };
}

function waitsInPool(size: number, dose = 1): Promise<number> {
  return withPool(size, (pool) => waitsInPairs(pool, dose));
}

/** As the example's thread, but tells in shared memory how many ms it has slept. */
const THREAD = `const { parentPort: loop, workerData: slept } =
    require("node:worker_threads");
  const cell = new Int32Array(new SharedArrayBuffer(4));
  loop.on("message", (ms) => {
    Atomics.wait(cell, 0, 0, ms);
    Atomics.add(slept, 0, ms);
    loop.postMessage("timed-out");
  });`;

/** A pool shows nothing if it is not its threads that sleep. */
async function withPool(
  size: number,
  use: (pool: Handler) => Promise<number>,
): Promise<number> {
  const slept = new Int32Array(new SharedArrayBuffer(4));
  const start = () => new Worker(THREAD, { eval: true, workerData: slept });
  const pool = openPool(size, start);
  try {
    const figure = await use(pool.handler);
    if (slept[0]! >= FOUR * WAIT_MS) return figure;
    throw new Error(`The threads of the pool slept ${slept[0]} ms.`);
  } finally {
    await pool.close();
  }
}

async function turnsDuring(handler: Handler): Promise<number> {
  const turns: number[] = [];
  const look = () => performance.nodeTiming.uvMetricsInfo.loopCount;
  await observe(async (ms) => {
    const before = look();
    await handler(ms);
    turns.push(look() - before);
  });
  return Math.max(...turns);
}

/** The figure of a control that load can hide, with a dose that doubles. */
async function everAbove(
  bound: number,
  measure: (dose: number) => Promise<number>,
): Promise<number> {
  let figure = await measure(1);
  for (let dose = 2; figure <= bound && dose <= 16; dose *= 2) {
    figure = await measure(dose);
  }
  return figure;
}
