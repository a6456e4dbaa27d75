import {
  atLeast,
  claim,
  cpuAgainstComputing,
  exactly,
  lessThan,
  observeProcess,
} from "#claim";
import type { Cost } from "../../examples/busy-wait.ts";
import {
  busyWait,
  observe,
  POLL_MS,
  pollWait,
  timerWait,
  WAIT_MS,
} from "../../examples/busy-wait.ts";

/** Enough to tell burning from resting, three times over. */
const SHORT_MS = WAIT_MS / 2;
const TIMES = 3;
/** Of other pollers than the one that each is compared with. */
const SHORTER_POLL_MS = 280;
const LONGER_POLL_MS = 400;

const timer = { leavesOut: "the asking: the thread asks to be woken" };
const poll = { leavesOut: "the restlessness: it sleeps between two looks" };
const asleep = { leavesOut: "the asking: the thread sleeps in Atomics.wait" };

// A wait that starts and ends in one turn of the loop leaves nobody a turn.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await lasting("busy wait", busyWait)).turns,
  controls: {
    timer: {
      ...timer,
      measure: async () => (await lasting("timer", timerWait)).turns,
    },
    poll: {
      ...poll,
      measure: async () => (await lasting("poll", pollWait)).turns,
    },
  },
});

// Load takes the CPU from the wait and from the computation alike. Where it
// comes or goes between the two, another try shows it; none wakes a sleeper.
claim("stays-on-the-cpu", {
  figure: "CPU time of the thread, as a share of what computing takes",
  unit: "%",
  bound: atLeast(50),
  subject: (dose) => leastShare(() => busyWait(WAIT_MS * dose)),
  controls: {
    timer: {
      ...timer,
      measure: (dose) => leastShare(() => timerWait(WAIT_MS * dose)),
    },
    "a look each millisecond": {
      ...poll,
      measure: (dose) => leastShare(() => lookEachMs(WAIT_MS * dose)),
    },
    "asleep in a call": {
      ...asleep,
      measure: (dose) => leastShare(() => sleepInCall(WAIT_MS * dose)),
    },
  },
  tries: 5,
  needs: ["the CPU time of a thread"],
});

// Load takes the CPU away from a busy wait, so a longer one may be needed; no
// load makes a timer burn ten times what another one does.
claim("burns-the-cpu", {
  figure: "CPU time, as a multiple of a timer's (of 1 ms at the least)",
  unit: "×",
  bound: atLeast(10),
  subject: (dose) => cpuAgainstTimer(busyWait, SHORT_MS * dose),
  controls: {
    poll: {
      ...poll,
      measure: (dose) => cpuAgainstTimer(pollWait, SHORT_MS * dose),
    },
    "asleep in a call": {
      ...asleep,
      measure: (dose) => cpuAgainstTimer(sleepInCall, SHORT_MS * dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of the process"],
});

// A poller that sleeps 300 ms looks at 0 and at 300 ms, or later under load: it
// is 100 ms late at the least. Load may keep a busy wait from the CPU for half of
// that at that very moment: the longer both wait, the more of it that takes.
claim("notices-first", {
  figure: "how late the end was noticed, as a share of a poller's lateness",
  unit: "%",
  bound: lessThan(50),
  subject: (dose) => latenessAgainstPoller("busy wait", busyWait, dose),
  controls: {
    "a look each 280 ms": {
      ...poll,
      measure: (dose) =>
        latenessAgainstPoller("poll", pollerOf(dose, SHORTER_POLL_MS), dose),
    },
  },
  tries: 5,
});

// Timers fire in the order in which they are due, under any load: the one that
// is waited for at 200 ms, the one that ends the poller's sleep at 300, and at 400
// the one that ends a longer sleep.
claim("a-timer-notices-too", {
  figure: "pollers beside it that noticed the end before",
  unit: "",
  bound: exactly(0),
  subject: () => pollersBefore("timer", timerWait),
  controls: {
    "a look each 400 ms": {
      leavesOut: "being woken: it looks when its sleep is over",
      measure: () => pollersBefore("poll", pollerOf(1, LONGER_POLL_MS)),
    },
  },
});

type Wait = (ms: number) => void | Promise<void>;

/**
 * A wait that has lasted. A shorter one shows nothing: its neighbour was not
 * due before its end, and what ends too early is never late.
 *
 * @throws if the wait was over before its time; timers fire up to 1 ms early
 */
async function lasting(name: string, wait: Wait, ms = WAIT_MS): Promise<Cost> {
  const cost = await observe(name, wait, ms);
  if (cost.late < -1) throw new Error(`The ${name} has not lasted.`);
  return cost;
}

const pollerOf =
  (dose: number, pause = POLL_MS) =>
  (ms: number) =>
    pollWait(ms, pause * dose);

/**
 * How late a wait was noticed, in % of how late the least late of three pollers
 * was: load may stop one of them at its last look, but not three times.
 */
async function latenessAgainstPoller(
  name: string,
  wait: Wait,
  dose: number,
): Promise<number> {
  const late = async (name: string, wait: Wait) =>
    (await lasting(name, wait, WAIT_MS * dose)).late;
  const pollers: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    pollers.push(await late("poll", pollerOf(dose)));
  }
  return (100 * (await late(name, wait))) / Math.min(...pollers);
}

/** How many pollers that began just before notice the end before the wait does. */
async function pollersBefore(name: string, wait: Wait): Promise<number> {
  let noticed = 0;
  const poller = pollWait(WAIT_MS).then(() => noticed++);
  await lasting(name, wait);
  const before = noticed;
  await poller;
  return before;
}

/**
 * The least of three: a thread compiles and cleans up for itself now and then.
 * Beside six busy processes on one core, a timer's once took two thirds of what
 * computing took.
 */
async function leastShare(wait: () => void | Promise<void>): Promise<number> {
  const shares: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    shares.push(await cpuAgainstComputing(wait));
  }
  return Math.min(...shares);
}

function sleepInCall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function lookEachMs(ms: number): void {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) sleepInCall(1);
}

/**
 * The CPU time of a wait against a timer's, each the least of three: the
 * process has threads of its own that compile and clean up now and then. Less
 * than 1 ms for a timer is noise, and counts as 1 ms.
 */
async function cpuAgainstTimer(wait: Wait, ms: number): Promise<number> {
  const timer = await leastCpu(timerWait, ms);
  return (await leastCpu(wait, ms)) / Math.max(timer, 1);
}

async function leastCpu(wait: Wait, ms: number): Promise<number> {
  const cpu: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    cpu.push((await observeProcess(() => wait(ms))).cpu);
  }
  return Math.min(...cpu);
}
