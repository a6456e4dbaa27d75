import { readFileSync } from "node:fs";
import {
  atLeast,
  claim,
  exactly,
  lessThan,
  observeProcess,
  peak,
} from "#claim";
import {
  atOnce,
  call,
  compute,
  fileReader,
  inTurn,
  WAIT_MS,
} from "../../examples/io-bound.ts";

// The loop cannot sleep while a function runs: computing leaves exactly 0 at
// any load, so one pass is proof. Load can only keep a thread from its rest.
claim("thread-rests", {
  figure: "rest of the thread during eight calls",
  unit: "ms",
  bound: atLeast(WAIT_MS / 2),
  subject: async (dose) =>
    (
      await observeProcess(() =>
        atOnce("call", (lane) => call(lane, WAIT_MS * dose)),
      )
    ).idle,
  controls: {
    computations: async () =>
      (await observeProcess(() => atOnce("", compute))).idle,
  },
  tries: 5,
});

// All eight are asked for before the loop turns, and answered after it has.
claim("waits-overlap", {
  figure: "calls in flight at one moment",
  unit: "",
  bound: exactly(8),
  subject: () => peakOf(() => atOnce("call", call)),
  controls: {
    "in turn": () => peakOf(() => inTurn("call", call)),
    computations: () => peakOf(() => atOnce("computation", compute)),
  },
});

// Load makes no timer compute: what the calls cost is the noise of a process,
// a few ms. More computing lifts the other side above it, and computing costs
// as much as computing, so one pass is proof.
claim("costs-little-cpu", {
  figure: "CPU time, as a share of eight computations'",
  unit: "%",
  bound: lessThan(10),
  subject: (dose) => cpuShare(() => atOnce("call", call), dose),
  controls: {
    computations: (dose) => cpuShare(() => computeOften(dose), dose),
  },
  tries: 5,
});

// The same with real reads: not even the first ends before the loop turns.
claim("reads-overlap", {
  figure: "file reads in flight at one moment",
  unit: "",
  bound: exactly(8),
  subject: async () => {
    const read = (await fileReader())!;
    return peakOf(() => atOnce("read", read));
  },
  controls: {
    "in turn": async () => {
      const read = (await fileReader())!;
      return peakOf(() => inTurn("read", read));
    },
    "blocking reads": () => peakOf(() => atOnce("read", blockingRead)),
  },
});

async function peakOf(run: () => Promise<void>): Promise<number> {
  return peak((await observeProcess(run)).spans);
}

/** The CPU time of a run in % of what the computations take. */
async function cpuShare(
  run: () => Promise<void>,
  dose: number,
): Promise<number> {
  const computing = await observeProcess(() => computeOften(dose));
  return (100 * (await observeProcess(run)).cpu) / computing.cpu;
}

async function computeOften(times: number): Promise<void> {
  for (let n = 0; n < times; n++) await atOnce("computation", compute);
}

async function blockingRead(lane: string): Promise<void> {
  const start = performance.now();
  readFileSync(new URL(import.meta.url));
  performance.measure(lane, { start });
}
