import { performance } from "node:perf_hooks";
import { atLeast, claim, exactly, observeProcess, peak } from "#claim";
import type { Handler } from "../../examples/fastapi.ts";
import {
  awaiting,
  blocking,
  poolOf,
  REQUESTS,
  serve,
  THREADS,
  WAIT_MS,
} from "../../examples/fastapi.ts";

const pool = poolOf(THREADS);
const widerPool = poolOf(THREADS + 1);

// All four start in one stretch of code, and none can end before the loop has
// turned.
claim("awaits-together", {
  figure: "waits at one moment",
  unit: "",
  bound: exactly(REQUESTS),
  subject: () => waitsAtOnce(awaiting),
  controls: {
    blocking: () => waitsAtOnce(blocking),
    "pool of 2": () => waitsAtOnce(pool),
  },
});

// A wait that keeps the thread ends before anything else on it can start.
claim("blocks-in-turn", {
  figure: "waits at one moment",
  unit: "",
  bound: exactly(1),
  subject: () => waitsAtOnce(blocking),
  controls: {
    awaiting: () => waitsAtOnce(awaiting),
    "pool of 2": () => waitsAtOnce(pool),
  },
});

// All four waits lie in one turn of the loop. A timer or a message from a
// thread comes in a later one.
claim("stops-the-loop", {
  figure: "turns of the loop during the four waits",
  unit: "",
  bound: exactly(0),
  subject: () => turnsDuring(blocking),
  controls: {
    awaiting: () => turnsDuring(awaiting),
    "pool of 2": () => turnsDuring(pool),
  },
});

// Two start in one stretch of code, and the third needs a thread whose message
// has come back.
claim("fills-the-pool", {
  figure: "waits at one moment",
  unit: "",
  bound: exactly(THREADS),
  subject: () => waitsAtOnce(pool),
  controls: {
    awaiting: () => waitsAtOnce(awaiting),
    blocking: () => waitsAtOnce(blocking),
    "pool of 3": () => waitsAtOnce(widerPool),
  },
});

// Load can hold up the ping until the others are done, so they may have to
// wait longer. A loop that does not turn never answers it in time.
claim("ping-overtakes", {
  figure: "slow requests overtaken by the ping",
  unit: "",
  bound: atLeast(1),
  subject: (dose) => serve(pool, WAIT_MS * dose),
  controls: { blocking: (dose) => serve(blocking, WAIT_MS * dose) },
  tries: 5,
});

async function waitsAtOnce(handler: Handler): Promise<number> {
  const { spans } = await observeProcess(() => serve(handler, WAIT_MS / 5));
  return peak(spans.filter(({ name }) => name !== "ping"));
}

/** From the start of the first wait to the end of the last. */
async function turnsDuring(handler: Handler): Promise<number> {
  const seen: number[] = [];
  const look = () => seen.push(performance.nodeTiming.uvMetricsInfo.loopCount);
  await serve(async (ms) => {
    look();
    await handler(ms);
    look();
  });
  return Math.max(...seen) - Math.min(...seen);
}
