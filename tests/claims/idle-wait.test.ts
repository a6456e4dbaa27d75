import {
  atLeast,
  atMost,
  claim,
  cpuAgainstComputing,
  exactly,
  lessThan,
  observeProcess,
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

const fixed = { leavesOut: "the doubling: each pause is as long as the first" };

// A thread that sleeps takes next to no CPU time under any load; what its
// process does beside can take some, and is a smaller share of a longer wait.
claim("both-sleep", {
  figure: "CPU time of the thread, as a share of what computing takes",
  unit: "%",
  bound: lessThan(10),
  subject: async (dose) =>
    Math.max(
      await cpuOf(blockingWait, WAIT_MS * dose),
      await cpuOf(awaitedWait, WAIT_MS * dose),
    ),
  controls: {
    "busy wait": {
      leavesOut: "the rest: it looks at the clock all the time",
      measure: (dose) => cpuOf(busyWait, WAIT_MS * dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of a thread"],
});

// A call that returns in the turn in which it began leaves nobody a turn. The
// neighbour's timer is due before the awaited one and so runs before it.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: () => turnsDuring("blocking wait", blockingWait),
  controls: {
    "awaited wait": {
      ...awaited,
      measure: () => turnsDuring("awaited wait", awaitedWait),
    },
  },
  needs: ["shared memory"],
});

// The loop counts its own sleep, and during a call it does not sleep.
claim("rests-unseen", {
  figure: "rest that the event loop counted",
  unit: "ms",
  bound: exactly(0),
  subject: () => restDuring(blockingWait),
  controls: {
    "awaited wait": { ...awaited, measure: () => restDuring(awaitedWait) },
  },
  needs: ["the rest of the event loop"],
});

// The pauses before the sixth look add up to 310 ms, and timers come in the
// order in which they are due: the answer is there by then under any load. Load
// may keep the fixed poller from some of its twenty looks, but not three times.
claim("looks-seldom", {
  figure: "looks until the answer was noticed",
  unit: "",
  bound: atMost(6),
  subject: async () => (await pollDoubling()).looks,
  controls: {
    "fixed pause": {
      ...fixed,
      measure: async () =>
        Math.max(...(await fixedPolls()).map(({ looks }) => looks)),
    },
  },
});

// The pause in which the answer comes ends 110 ms later. Load may delay the
// answer and so shorten that, and another try shows it; a poller that rests for
// 10 ms is as late only if load stops it, and not three times.
claim("notices-late", {
  figure: "how late the answer was noticed",
  unit: "ms",
  bound: atLeast(50),
  subject: async () => (await pollDoubling()).late,
  controls: {
    "fixed pause": {
      ...fixed,
      measure: async () =>
        Math.min(...(await fixedPolls()).map(({ late }) => late)),
    },
  },
  tries: 5,
});

type Wait = (ms: number) => void | Promise<void>;

async function cpuOf(wait: Wait, ms: number): Promise<number> {
  let took = 0;
  const share = await cpuAgainstComputing(async () => {
    const start = performance.now();
    await wait(ms);
    took = performance.now() - start;
  });
  return lasted(took, ms) ? share : NaN;
}

async function turnsDuring(name: string, wait: Wait): Promise<number> {
  const { value, wall } = await observeProcess(() => observe(name, wait));
  return lasted(wall) ? value.turns : NaN;
}

async function restDuring(wait: Wait): Promise<number> {
  const { idle, wall } = await observeProcess(() => wait(WAIT_MS));
  return lasted(wall) ? idle : NaN;
}

/** What is over before its time shows nothing. Timers fire up to 1 ms early. */
const lasted = (wall: number, ms = WAIT_MS) => wall >= ms - 1;

/** Polls for an answer after 200 ms, with pauses of 10 ms, 20, 40 and so on. */
async function pollDoubling(): ReturnType<typeof poll> {
  const asked = new Set<number>();
  const { setTimeout } = globalThis;
  const noting = (act: () => void, ms: number) => {
    asked.add(ms);
    return setTimeout(act, ms);
  };
  globalThis.setTimeout = noting as typeof setTimeout;
  try {
    const polled = await poll("doubling pause", 2);
    const pauses = Array.from(
      { length: polled.looks - 1 },
      (_, n) => 10 * 2 ** n,
    );
    if (![200, ...pauses].every((ms) => asked.has(ms))) {
      throw new Error(`It asked for timers of ${[...asked].join(", ")} ms.`);
    }
    return polled;
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

async function fixedPolls() {
  return [
    await poll("fixed pause", 1),
    await poll("fixed pause", 1),
    await poll("fixed pause", 1),
  ];
}
