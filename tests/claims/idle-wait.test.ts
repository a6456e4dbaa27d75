import { atLeast, claim, exactly, observeProcess } from "#claim";
import { busyWait } from "../../examples/busy-wait.ts";
import {
  awaitedWait,
  blockingWait,
  observe,
  poll,
  WAIT_MS,
} from "../../examples/idle-wait.ts";

type Wait = (ms: number) => void | Promise<void>;

// Load takes the CPU away from a busy wait, so a longer one may be needed; no
// load makes an awaited wait burn ten times what a blocking one may.
claim("both-rest", {
  figure: "CPU time, as a multiple of the blocking wait's",
  unit: "×",
  bound: atLeast(10),
  subject: (dose) => cpuAgainstBlocking(busyWait, WAIT_MS * dose),
  controls: {
    "awaited wait": (dose) => cpuAgainstBlocking(awaitedWait, WAIT_MS * dose),
  },
  tries: 5,
});

// A call that returns in the turn in which it began leaves nobody a turn. The
// neighbour's timer is due before the awaited one and so runs before it.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await observe("blocking wait", blockingWait)).turns,
  controls: {
    "awaited wait": async () =>
      (await observe("awaited wait", awaitedWait)).turns,
  },
});

// The loop counts its own sleep, and during a call it does not sleep.
claim("rests-unseen", {
  figure: "rest that the event loop counted",
  unit: "ms",
  bound: exactly(0),
  subject: async () => (await observeProcess(() => blockingWait(WAIT_MS))).idle,
  controls: {
    "awaited wait": async () =>
      (await observeProcess(() => awaitedWait(WAIT_MS))).idle,
  },
});

// The answer is there after so many ms of pauses, and pauses are added up.
claim("looks-seldom", {
  figure: "looks until the answer was noticed",
  unit: "",
  bound: exactly(6),
  subject: async () => (await poll("doubling pause", 2)).looks,
  controls: { "fixed pause": async () => (await poll("fixed pause", 1)).looks },
});

async function cpuAgainstBlocking(wait: Wait, ms: number): Promise<number> {
  const blocking = await cpuOf(blockingWait, ms);
  return (await cpuOf(wait, ms)) / blocking;
}

/**
 * The least of three, as this process has other work too now and then. Below
 * 2 ms counts as 2 ms: so little is noise.
 */
async function cpuOf(wait: Wait, ms: number): Promise<number> {
  const used: number[] = [];
  while (used.length < 3) {
    used.push((await observeProcess(() => wait(ms))).cpu);
  }
  return Math.max(2, Math.min(...used));
}
