import { claim, exactly, moreThan } from "#claim";
import {
  allAtOnce,
  asking,
  blocking,
  CALL_MS,
  CALLS,
  nonBlocking,
  observe,
  oneByOne,
  startServer,
  TURN_MS,
} from "../../examples/blocking.ts";

type Order = Parameters<typeof observe>[2];
type Wait = Parameters<typeof observe>[3];

/** Far more than anybody asks who sleeps between two questions. */
const MANY = 10_000;

const shared = { needs: ["shared memory"] } as const;

// The server closes a call before it answers it, and the next one is made only
// then: however late anybody is, no two are open.
claim("one-at-a-time", {
  figure: "calls that the server had open at once",
  unit: "",
  bound: exactly(1),
  subject: async () =>
    Math.max(
      await openAtOnce(oneByOne, blocking),
      await openAtOnce(oneByOne, nonBlocking),
    ),
  controls: {
    "all at once": {
      leavesOut: "the order: no call waits for the answer to another",
      measure: () => openAtOnce(allAtOnce, nonBlocking),
    },
  },
  ...shared,
});

// The caller makes all three before it waits. Only load on the caller between
// two of them, or on the server between its first answer and its last, for half
// as long as a call takes, could close one first or answer one late; then calls
// take longer.
claim("all-open-at-once", {
  figure: "calls that the server had open at once",
  unit: "",
  bound: exactly(3),
  subject: async (dose) =>
    Math.min(
      await openUnasked(allAtOnce, blocking, dose),
      await openUnasked(allAtOnce, nonBlocking, dose),
    ),
  controls: {
    "one by one": {
      leavesOut: "the haste: each call waits for the answer to the one before",
      measure: (dose) => openUnasked(oneByOne, nonBlocking, dose),
    },
  },
  tries: 4,
  ...shared,
});

// What blocks returns in the turn in which it began, and leaves nobody another.
// After the first of three answers the loop comes to its timers, and the
// neighbour's is due by then, before the second call can be over.
claim("leaves-no-turn", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () =>
    Math.max(
      await turnsBeside(oneByOne, blocking),
      await turnsBeside(allAtOnce, blocking),
    ),
  controls: {
    "non-blocking": {
      leavesOut: "the keeping: the thread is free until the answer is there",
      measure: () => turnsBeside(oneByOne, nonBlocking),
    },
  },
  ...shared,
});

// Load may keep the thread away until all three answers are there, and then the
// neighbour comes too late; longer calls leave it more turns to get.
claim("leaves-turns", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: moreThan(0),
  subject: async (dose) =>
    Math.min(
      await turnsMeanwhile(oneByOne, nonBlocking, dose),
      await turnsMeanwhile(allAtOnce, nonBlocking, dose),
    ),
  controls: {
    blocking: {
      leavesOut: "the freedom: the thread waits in the call",
      measure: async (dose) =>
        Math.max(
          await turnsMeanwhile(oneByOne, blocking, dose),
          await turnsMeanwhile(allAtOnce, blocking, dose),
        ),
    },
  },
  tries: 4,
  ...shared,
});

// A loop without an end of the turn leaves nobody one. The neighbour's timer is
// due before the first rest is over, and timers come in the order they are due.
// Load may keep the thread from asking until the answers are there; if the
// calls take longer, it comes to ask often: a few ms on a CPU are enough.
claim("asking-leaves-no-turn", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: turnsBesideAsking,
  controls: {
    "asking with rests": {
      leavesOut: "the haste: the thread is free between two questions",
      measure: (dose) => turnsBeside(allAtOnce, askingWithRests, dose),
    },
  },
  tries: 4,
  ...shared,
});

async function openAtOnce(order: Order, wait: Wait, dose = 1) {
  return (await observed(order, wait, dose)).most;
}

/** Less those that were open only because somebody waited for them. */
async function openUnasked(order: Order, wait: Wait, dose: number) {
  const half = (CALL_MS * dose) / 2;
  const calls: Int32Array[] = [];
  let late = 0;
  const noted = noting(order, (call) => calls.push(call));
  const rested = async (call: Int32Array) => {
    await wait(call);
    // What was sent with it is answered with it, and nobody can send meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, half);
    late = Math.max(late, calls.filter(isOpen).length);
  };
  return (await openAtOnce(noted, rested, dose)) - late;
}

/** By the example's neighbour or by ours, whichever got more. */
async function turnsBeside(order: Order, wait: Wait, dose = 1) {
  const { turns, meanwhile } = await observed(order, wait, dose);
  return Math.max(turns, meanwhile);
}

/** Whoever blocks and then gives a turn has left none while it waited. */
async function turnsMeanwhile(order: Order, wait: Wait, dose: number) {
  return (await observed(order, wait, dose)).meanwhile;
}

/** None tells anything where a question may block, or few are asked. */
async function turnsBesideAsking(dose: number): Promise<number> {
  const { load, wait } = Atomics;
  let questions = 0;
  const counted = (call: Int32Array, index: number) => {
    questions++;
    return load(call, index);
  };
  const refused = () => {
    throw new Error("Whoever asks has no need of a wait that blocks.");
  };
  Object.assign(Atomics, { load: counted, wait: refused });
  try {
    const turns = await turnsBeside(allAtOnce, asking, dose);
    return questions > MANY ? turns : NaN;
  } finally {
    Object.assign(Atomics, { load, wait });
  }
}

/** Calls that nobody waited for, or not until their end, show nothing. */
async function observed(order: Order, wait: Wait, dose: number) {
  const ms = CALL_MS * dose;
  const made = new Map<Int32Array, number>();
  const answered = new Set<Int32Array>();
  let meanwhile = 0;
  const noted = noting(order, (call, at) => made.set(call, at));
  const watched = async (call: Int32Array) => {
    const neighbour = setInterval(() => isOpen(call) && meanwhile++, TURN_MS);
    await wait(call);
    clearInterval(neighbour);
    // Nor do those that were sent before they were made, or answered too soon. A
    // timer may fire up to 1 ms early, and a browser's clock be as coarse.
    const took = performance.now() - made.get(call)!;
    if (!isOpen(call) && took >= ms - 2) answered.add(call);
  };
  const server = await startServer();
  try {
    const { most, turns } = await observe(server, "claim", noted, watched, ms);
    if (answered.size === CALLS) return { most, turns, meanwhile };
    return { most: NaN, turns: NaN, meanwhile: NaN };
  } finally {
    await server.terminate();
  }
}

/** Tells of each call, and of when it began: load may come in after that. */
function noting(
  order: Order,
  note: (call: Int32Array, at: number) => void,
): Order {
  return (make, wait) => {
    const noted = () => {
      const at = performance.now();
      const call = make();
      note(call, at);
      return call;
    };
    return order(noted, wait);
  };
}

/** Uses nothing that a claim may count or refuse. */
function isOpen(call: Int32Array): boolean {
  return call[0] === 0;
}

async function askingWithRests(call: Int32Array): Promise<void> {
  while (Atomics.load(call, 0) === 0) {
    await new Promise((wake) => setTimeout(wake, 2 * TURN_MS));
  }
}
