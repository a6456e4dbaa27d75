import {
  askedTimers,
  atLeast,
  claim,
  cpuAgainstComputing,
  exactly,
  lessThan,
  observeProcess,
} from "#claim";
import {
  busyWait,
  observe,
  pollWait,
  timerWait,
} from "../../examples/busy-wait.ts";

/** Of the note. The example has its own, and has to have the same. */
const WAIT_MS = 200;
const POLL_MS = 300;
const TURN_MS = 20;
/** Enough to tell burning from resting, three times over. */
const SHORT_MS = 100;
const TIMES = 3;
/** After that, a timer of 0 ms is due: in browsers it may be one of 4 ms. */
const DUE_MS = 5;
/** Of other pollers than the one that each is compared with. */
const SHORTER_POLL_MS = 280;
const LONGER_POLL_MS = 400;

const timer = { leavesOut: "the asking: the thread asks to be woken" };
const poll = { leavesOut: "the restlessness: it sleeps between two looks" };
const asleep = { leavesOut: "the asking: the thread sleeps in Atomics.wait" };

// A wait that starts and ends in one turn of the loop leaves nobody a turn. The
// neighbour's timer is due before those of the others' and so runs before them.
// Another is due when the wait begins: who gives way but once, at first, lets it run.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await lasting("busy wait", busyWait, [])).turns,
  controls: {
    timer: {
      ...timer,
      measure: async () => (await lasting("timer", timerWait, [WAIT_MS])).turns,
    },
    poll: {
      ...poll,
      measure: async () => (await lasting("poll", pollWait, [POLL_MS])).turns,
    },
  },
});

// Load takes the CPU from the wait and from the computation alike. Where it
// comes or goes between the two, another try shows it; none wakes a sleeper. A
// longer wait would not do: whoever rests for 150 ms rests for less of it.
claim("stays-on-the-cpu", {
  figure: "CPU time of the thread, as a share of what computing takes",
  unit: "%",
  bound: atLeast(50),
  subject: (dose) => leastShare(busyWait, dose),
  controls: {
    timer: {
      ...timer,
      measure: (dose) => leastShare(timerWait, dose),
    },
    "a look each millisecond": {
      ...poll,
      measure: (dose) => leastShare(lookEachMs, dose),
    },
    "asleep in a call": {
      ...asleep,
      measure: (dose) => leastShare(sleepInCall, dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of a thread"],
});

// Load takes the CPU away from a busy wait and from the computing that it is
// compared with alike; no load makes a timer burn ten times what another does.
claim("burns-the-cpu", {
  figure:
    "CPU time, as a multiple of a timer's (1 % of computing at the least)",
  unit: "×",
  bound: atLeast(10),
  subject: (dose) => cpuAgainstTimer(busyWait, dose),
  controls: {
    poll: {
      ...poll,
      measure: (dose) => cpuAgainstTimer(pollWait, dose),
    },
    "asleep in a call": {
      ...asleep,
      measure: (dose) => cpuAgainstTimer(sleepInCall, dose),
    },
  },
  tries: 5,
  needs: ["the CPU time of the process"],
});

// A poller that sleeps 300 ms looks at 0 and at 300 ms, or later under load: it
// is 100 ms late at the least. Load may keep a busy wait from the CPU for half of
// that at that very moment, but not at the end of each of many waits. Each is the
// first one of an example that is loaded anew: what only a first does, each does.
claim("notices-first", {
  figure: "how late the end was noticed, as a share of a poller's lateness",
  unit: "%",
  bound: lessThan(50),
  subject: (dose) =>
    latenessAgainstPoller("busy wait", firstBusyWait, [], dose),
  controls: {
    "a look each 280 ms": {
      ...poll,
      measure: (dose) =>
        latenessAgainstPoller(
          "poll",
          () => (ms) => pollWait(ms, SHORTER_POLL_MS),
          [SHORTER_POLL_MS],
          dose,
        ),
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
  subject: () => pollersBefore("timer", timerWait, WAIT_MS),
  controls: {
    "a look each 400 ms": {
      leavesOut: "being woken: it looks when its sleep is over",
      measure: () =>
        pollersBefore(
          "poll",
          (ms) => pollWait(ms, LONGER_POLL_MS),
          LONGER_POLL_MS,
        ),
    },
  },
});

type Wait = (ms: number) => void | Promise<void>;

type Make = () => Wait | Promise<Wait>;

// Written in full where it is used, Vite would publish the file as an asset.
const EXAMPLE = "../../examples/busy-wait.ts";

let loaded = 0;

/** As it is when nobody has waited yet, but in a browser: it has no file to load. */
async function firstBusyWait(): Promise<Wait> {
  if (!globalThis.process) return busyWait;
  const { href } = new URL(`${EXAMPLE}?${++loaded}`, import.meta.url);
  const example = (await import(/* @vite-ignore */ href)) as {
    busyWait: Wait;
  };
  return example.busyWait;
}

const sleep = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));

function computeHere(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Looks at once, and again after each sleep. */
async function pollHere(ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) await sleep(POLL_MS);
}

/**
 * How late the end of a wait of the example was noticed, and the turns that a
 * timer of 20 ms, set before, got until then, or at least one that was due at the
 * start. A shorter wait shows nothing: its neighbour was not due before its end,
 * and what ends too early is never late.
 *
 * @param timers those that the wait asks for
 * @throws if the wait was over before its time, of another length or asked for
 *   other timers, or if the example's neighbour fared otherwise
 */
async function lasting(name: string, wait: Wait, timers: number[]) {
  let turns = 0;
  let gaveWay = false;
  let seen = { ms: NaN, late: NaN, turns: NaN };
  setTimeout(() => (gaveWay = true));
  computeHere(DUE_MS);
  const neighbour = setInterval(() => turns++, TURN_MS);
  const { value: cost, asked } = await askedTimers(() =>
    observe(name, async (ms) => {
      const start = performance.now();
      await wait(ms);
      const late = performance.now() - start - WAIT_MS;
      seen = { ms, late, turns: turns || Number(gaveWay) };
    }),
  ).finally(() => clearInterval(neighbour));
  // Timers fire up to 1 ms early.
  if (seen.ms !== WAIT_MS || !(seen.late >= -1)) {
    throw new Error(`The ${name} of ${seen.ms} ms has not lasted.`);
  }
  const [first, ...others] = asked.map(({ ms }) => ms);
  const ofWait = others.filter((ms) => ms !== TURN_MS);
  if (first !== TURN_MS || ofWait.join() !== timers.join()) {
    throw new Error(`Beside a ${name} were timers of ${first}, ${ofWait} ms.`);
  }
  // A clock may be as coarse as 1 ms.
  if (cost.turns > 0 !== seen.turns > 0 || cost.late < seen.late - 1) {
    throw new Error(
      `The ${name} is said to be ${cost.late} ms late, its neighbour to have had ${cost.turns} turns: ours had ${seen.turns}.`,
    );
  }
  return seen;
}

/**
 * How late the ends of waits were noticed, in % of how late the least late of
 * three rows of pollers was: load may stop some at their last look, but not
 * three times.
 */
async function latenessAgainstPoller(
  name: string,
  make: Make,
  timers: number[],
  dose: number,
): Promise<number> {
  const late = async (name: string, make: Make, timers: number[]) => {
    let sum = 0;
    for (let n = 0; n < dose; n++) {
      sum += (await lasting(name, await make(), timers)).late;
    }
    return sum;
  };
  const pollers: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    pollers.push(await late("poll", () => pollHere, [POLL_MS]));
  }
  return (100 * (await late(name, make, timers))) / Math.min(...pollers);
}

/** How many pollers that began just before notice the end before the wait does. */
async function pollersBefore(
  name: string,
  wait: Wait,
  timer: number,
): Promise<number> {
  let noticed = 0;
  let poller: Promise<number> | undefined;
  const afterPoller = (ms: number) => {
    poller = pollHere(ms).then(() => noticed++);
    return wait(ms);
  };
  await lasting(name, afterPoller, [POLL_MS, timer]);
  const before = noticed;
  await poller;
  return before;
}

/** Waits as often as the dose says, for as long as the sentence says. */
async function repeated(wait: Wait, ms: number, dose: number): Promise<void> {
  for (let n = 0; n < dose; n++) await wait(ms);
}

/**
 * The least of three: a thread compiles and cleans up for itself now and then.
 * Beside six busy processes on one core, a timer's once took two thirds of what
 * computing took.
 */
async function leastShare(wait: Wait, dose: number): Promise<number> {
  const shares: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    shares.push(await cpuAgainstComputing(() => repeated(wait, WAIT_MS, dose)));
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
 * The CPU time of waits against that of timers, each the least of three: the
 * process has threads of its own that compile and clean up now and then. Less
 * than 1 ms for a timer is noise, and counts as 1 ms, or as that share of what
 * load leaves to computing: beside 20 busy processes a wait once had 6 ms of 100.
 */
async function cpuAgainstTimer(wait: Wait, dose: number): Promise<number> {
  const timers = await leastCpu(timerWait, dose);
  const computing = await leastCpu(computeHere, dose);
  return (await leastCpu(wait, dose)) / Math.max(timers, computing / 100);
}

async function leastCpu(wait: Wait, dose: number): Promise<number> {
  const cpu: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    cpu.push((await observeProcess(() => repeated(wait, SHORT_MS, dose))).cpu);
  }
  return Math.min(...cpu);
}
