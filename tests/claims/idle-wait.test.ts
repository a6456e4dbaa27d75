import {
  claim,
  exactly,
  lessThan,
  observeProcess,
  threadCpuShare,
} from "#claim";
import { busyWait } from "../../examples/busy-wait.ts";
import {
  awaitedWait,
  blockingWait,
  observe,
  poll,
  WAIT_MS,
} from "../../examples/idle-wait.ts";

const awaited = { leavesOut: "the keeping: the thread is given back" };

// A thread that sleeps takes no CPU time under any load. A busy one gets two
// fifths of a core even beside twice as many spinning processes as cores.
claim("both-sleep", {
  figure: "share of the wait in which the thread is on a CPU, of the two waits",
  unit: "%",
  bound: lessThan(15),
  subject: async () =>
    Math.max(
      await threadCpuShare(() => blockingWait(WAIT_MS)),
      await threadCpuShare(() => awaitedWait(WAIT_MS)),
    ),
  controls: {
    "busy wait": {
      leavesOut: "the rest: it looks at the clock all the time",
      measure: () => threadCpuShare(() => busyWait(WAIT_MS)),
    },
  },
  needs: ["the CPU time of a thread"],
});

// A call that returns in the turn in which it began leaves nobody a turn. The
// neighbour's timer is due before the awaited one and so runs before it.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await observe("blocking wait", blockingWait)).turns,
  controls: {
    "awaited wait": {
      ...awaited,
      measure: async () => (await observe("awaited wait", awaitedWait)).turns,
    },
  },
});

// The loop counts its own sleep, and during a call it does not sleep.
claim("rests-unseen", {
  figure: "rest that the event loop counted",
  unit: "ms",
  bound: exactly(0),
  subject: async () => (await observeProcess(() => blockingWait(WAIT_MS))).idle,
  controls: {
    "awaited wait": {
      ...awaited,
      measure: async () =>
        (await observeProcess(() => awaitedWait(WAIT_MS))).idle,
    },
  },
  needs: ["the rest of the event loop"],
});

// The answer is there after so many ms of pauses, and pauses are added up: no
// load changes a count.
claim("looks-seldom", {
  figure: "looks until the answer was noticed",
  unit: "",
  bound: exactly(6),
  subject: async () => (await poll("doubling pause", 2)).looks,
  controls: {
    "fixed pause": {
      leavesOut: "the doubling: each pause is as long as the first",
      measure: async () => (await poll("fixed pause", 1)).looks,
    },
  },
});
