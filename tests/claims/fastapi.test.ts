import { performance } from "node:perf_hooks";
import { atLeast, claim, exactly, observeProcess, peak } from "#claim";
import type { Handler } from "../../examples/fastapi.ts";
import {
  awaiting,
  blocking,
  openPool,
  REQUESTS,
  serve,
  THREADS,
  WAIT_MS,
} from "../../examples/fastapi.ts";

const blocked = {
  leavesOut: "the await: each handler keeps the loop's thread",
};
const pooled = { leavesOut: "the loop: each handler waits on a thread" };
const awaited = { leavesOut: "the blocking: each handler awaits" };

// No wait can end before the loop has turned, and the client sends all four
// before it. Load can only keep one from coming in time: then all wait longer.
claim("awaits-together", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(REQUESTS),
  subject: (dose) => waitsAtOnce(awaiting, dose),
  controls: {
    blocking: {
      ...blocked,
      measure: (dose) => waitsAtOnce(blocking, dose),
    },
    "pool of 2": {
      ...pooled,
      measure: (dose) => waitsInPool(THREADS, dose),
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
      measure: () => withPool(THREADS, (pool) => waitsAtOnce(together(pool))),
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
      measure: () => withPool(THREADS, turnsDuring),
    },
  },
  needs: ["the turns of the event loop"],
});

// The ping is sent when the four have been handed to the system, and a loop that
// sleeps takes connections in the order in which they came. Load can hold up the
// ping until awaiting handlers are done, so they may have to wait longer.
claim("ping-comes-last", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: exactly(0),
  subject: (dose) => serve(blocking, WAIT_MS * dose),
  controls: {
    awaiting: {
      ...awaited,
      measure: (dose) => serve(awaiting, WAIT_MS * dose),
    },
    "pool of 2": {
      ...pooled,
      measure: (dose) =>
        withPool(THREADS, (pool) => serve(pool, WAIT_MS * dose)),
    },
  },
  tries: 5,
});

// A third wait needs a thread whose message has come back. Load can only keep a
// second one from coming in time: then all wait longer.
claim("fills-the-pool", {
  figure: "waits at the same time",
  unit: "",
  bound: exactly(THREADS),
  subject: (dose) => waitsInPool(THREADS, dose),
  controls: {
    awaiting: {
      leavesOut: "the pool: each handler awaits",
      measure: (dose) => waitsAtOnce(awaiting, dose),
    },
    blocking: { ...blocked, measure: (dose) => waitsAtOnce(blocking, dose) },
    "pool of 3": {
      leavesOut: "the size: there is a thread more",
      measure: (dose) => waitsInPool(THREADS + 1, dose),
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
  bound: atLeast(1),
  subject: (dose) => withPool(THREADS, (pool) => serve(pool, WAIT_MS * dose)),
  controls: {
    blocking: {
      leavesOut: "the threads: it is the loop's own that sleeps",
      measure: (dose) => serve(blocking, WAIT_MS * dose),
    },
  },
  tries: 5,
});

async function waitsAtOnce(handler: Handler, dose = 1): Promise<number> {
  const { spans } = await observeProcess(() => serve(handler, WAIT_MS * dose));
  return peak(spans.filter(({ name }) => name !== "ping"));
}

/** Handles the requests when all of them have come. */
function together(handler: Handler): Handler {
  let come = 0;
  let begin: () => void;
  const all = new Promise<void>((resolve) => (begin = resolve));
  return async (ms) => {
    if (++come === REQUESTS) begin();
    await all;
    await handler(ms);
  };
}

function waitsInPool(size: number, dose = 1): Promise<number> {
  return withPool(size, (pool) => waitsAtOnce(pool, dose));
}

async function withPool(
  size: number,
  use: (pool: Handler) => Promise<number>,
): Promise<number> {
  const pool = openPool(size);
  try {
    return await use(pool.handler);
  } finally {
    await pool.close();
  }
}

async function turnsDuring(handler: Handler): Promise<number> {
  const turns: number[] = [];
  const look = () => performance.nodeTiming.uvMetricsInfo.loopCount;
  await serve(async (ms) => {
    const before = look();
    await handler(ms);
    turns.push(look() - before);
  });
  return Math.max(...turns);
}
