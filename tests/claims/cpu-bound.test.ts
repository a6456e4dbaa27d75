import { claim, exactly, moreThan, peak } from "#claim";
import { ways } from "../../examples/cpu-bound.ts";

// A job that awaits nothing runs to its end before the next one is called.
// What pauses or waits gives the thread back, and all three have begun before
// the loop turns.
claim("one-after-another", {
  figure: "jobs in progress at the same time",
  unit: "",
  bound: exactly(1),
  subject: async () => peak(computed(await ways["one piece"]())),
  controls: {
    "three waits": {
      leavesOut: "the computing: each job waits for a timer",
      measure: async () => peak(await Promise.all([wait(), wait(), wait()])),
    },
    timers: {
      leavesOut: "the one piece: a timer comes between two pieces of a job",
      measure: async () => peak(computed(await ways.timers())),
    },
  },
});

// Each job keeps the thread from its start to its end, and the next begins
// before the loop has turned.
claim("holds-up-everybody", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await ways["one piece"]()).turns,
  controls: {
    timers: {
      leavesOut: "the one piece: a timer comes between two pieces of a job",
      measure: async () => (await ways.timers()).turns,
    },
  },
});

// The neighbour is due after 5 ms, long before the last of fifteen pieces, and
// each of them ends in a turn of the loop. What awaits null goes on before it.
claim("timers-let-others-in", {
  figure: "turns that the neighbour got between the pieces",
  unit: "",
  bound: moreThan(0),
  subject: async () => (await ways.timers()).turns,
  controls: {
    "await null": {
      leavesOut: "the turn of the loop: each pause awaits null",
      measure: async () => (await ways["await null"]()).turns,
    },
  },
});

// No timer fires on a thread that computes in one piece, so one pass is proof.
// Load can only make the main thread sleep through its timer.
claim("worker-leaves-the-thread", {
  figure: "turns that the neighbour got while the worker computed",
  unit: "",
  bound: moreThan(0),
  subject: async (dose) => (await ways.worker(dose)).turns,
  controls: {
    "one piece": {
      leavesOut: "the worker: the main thread computes the jobs",
      measure: async () => (await ways["one piece"]()).turns,
    },
  },
  tries: 5,
});

/** The jobs that found what there was to find, and did not just pass time. */
function computed({ jobs }: Awaited<ReturnType<typeof ways.worker>>) {
  return jobs.filter(({ primes }) => primes === 10_000);
}

/** A job of the same shape that only waits. */
async function wait(): Promise<{ start: number; end: number }> {
  const start = performance.now();
  await new Promise((resume) => setTimeout(resume, 20));
  return { start, end: performance.now() };
}
