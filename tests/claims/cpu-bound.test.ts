import { claim, exactly, moreThan, observeProcess, peak } from "#claim";
import { ways } from "../../examples/cpu-bound.ts";

// A thread ends a stretch of computing before it begins the next. All waits
// begin before the loop turns, and end after it has.
claim("never-overlaps", {
  figure: "jobs in progress at one moment",
  unit: "",
  bound: exactly(1),
  subject: async () => peak((await observeProcess(ways["one piece"])).spans),
  controls: {
    waits: async () => peak((await observeProcess(threeWaits)).spans),
  },
});

// Each job keeps the thread from its start to its end, and the next begins
// before the loop has turned.
claim("holds-up-everybody", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await ways["one piece"]()).turns,
  controls: { timers: async () => (await ways.timers()).turns },
});

// The neighbour is due after 5 ms, long before the last of fifteen pieces, and
// each of them ends in a turn of the loop. What awaits null goes on before it.
claim("timers-let-others-in", {
  figure: "turns that the neighbour got between the pieces",
  unit: "",
  bound: moreThan(0),
  subject: async () => (await ways.timers()).turns,
  controls: { "await null": async () => (await ways["await null"]()).turns },
});

// No timer fires on a thread that computes in one piece, so one pass is proof.
// Load can only make the main thread sleep through its timer.
claim("worker-leaves-the-thread", {
  figure: "turns that the neighbour got while the worker computed",
  unit: "",
  bound: moreThan(0),
  subject: async (dose) => (await ways.worker(dose)).turns,
  controls: { "one piece": async () => (await ways["one piece"]()).turns },
  tries: 5,
});

async function threeWaits(): Promise<void> {
  const wait = async () => {
    const start = performance.now();
    await new Promise((resume) => setTimeout(resume, 20));
    performance.measure("wait", { start });
  };
  await Promise.all([wait(), wait(), wait()]);
}
