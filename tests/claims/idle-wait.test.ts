import {
  askedTimers,
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
} from "../../examples/idle-wait.ts";

/** Of the note. The example has its own, and has to have the same. */
const WAIT_MS = 120;
const TURN_MS = 20;
const FIRST_PAUSE_MS = 10;
const READY_MS = 200;

const awaited = { leavesOut: "the keeping: the thread is given back" };

const fixed = { leavesOut: "the doubling: each pause is as long as the first" };

// A thread that sleeps takes next to no CPU time under any load; what it does
// beside now and then is a smaller share of many waits. Of a longer wait it would
// be so too, but so would what a wait computes before it sleeps. Each is the first
// one of an example that is loaded anew: what only a first computes, each does.
claim("both-sleep", {
  figure: "CPU time of the thread, as a share of what computing takes",
  unit: "%",
  bound: lessThan(10),
  subject: async (dose) =>
    Math.max(
      await cpuOf(async () => (await loadAnew()).blockingWait, dose),
      await cpuOf(async () => (await loadAnew()).awaitedWait, dose),
    ),
  controls: {
    "busy wait": {
      leavesOut: "the rest: it looks at the clock all the time",
      measure: (dose) => cpuOf(async () => busyWait, dose),
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
  subject: async () => (await polled("doubling pause", 2)).looks,
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
  subject: async () => (await polled("doubling pause", 2)).late,
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

// Written in full where it is used, Vite would publish the file as an asset.
const EXAMPLE = "../../examples/idle-wait.ts";

let loaded = 0;

/** The example as it is when nobody has waited yet. */
async function loadAnew(): Promise<
  Record<"blockingWait" | "awaitedWait", Wait>
> {
  const { href } = new URL(`${EXAMPLE}?${++loaded}`, import.meta.url);
  return import(/* @vite-ignore */ href);
}

async function cpuOf(make: () => Promise<Wait>, dose: number): Promise<number> {
  const waits: Wait[] = [];
  for (let n = 0; n < dose; n++) waits.push(await make());
  let shortest = Infinity;
  const share = await cpuAgainstComputing(async () => {
    for (const wait of waits) {
      const start = performance.now();
      await wait(WAIT_MS);
      shortest = Math.min(shortest, performance.now() - start);
    }
  });
  return lasted(shortest) ? share : NaN;
}

/**
 * The turns that a timer of 20 ms, set before, got until a wait of the example
 * was over.
 *
 * @throws if the example's neighbour is another, or fared otherwise
 */
async function turnsDuring(name: string, wait: Wait): Promise<number> {
  let turns = 0;
  let seen = { ms: NaN, wall: NaN, turns: NaN };
  const neighbour = setInterval(() => turns++, TURN_MS);
  const { value, asked } = await askedTimers(() =>
    observe(name, async (ms) => {
      const start = performance.now();
      await wait(ms);
      seen = { ms, wall: performance.now() - start, turns };
    }),
  ).finally(() => clearInterval(neighbour));
  if (seen.ms !== WAIT_MS || asked[0]?.ms !== TURN_MS) {
    throw new Error(`A wait of ${seen.ms} beside one of ${asked[0]?.ms} ms.`);
  }
  if (value.turns > 0 !== seen.turns > 0) {
    throw new Error(`The example's got ${value.turns}, ours ${seen.turns}.`);
  }
  return lasted(seen.wall) ? seen.turns : NaN;
}

async function restDuring(wait: Wait): Promise<number> {
  const { idle, wall } = await observeProcess(() => wait(WAIT_MS));
  return lasted(wall) ? idle : NaN;
}

/** What is over before its time shows nothing. Timers fire up to 1 ms early. */
const lasted = (wall: number) => wall >= WAIT_MS - 1;

/**
 * Polls for an answer after 200 ms, with pauses of 10 ms that grow.
 *
 * @throws if the answer comes otherwise, or if there are other pauses between
 *   the looks: the first is at once, and each other after a pause
 */
async function polled(name: string, growth: number) {
  const { value, asked } = await askedTimers(() => poll(name, growth));
  const noticedAt = performance.now();
  const pauses = Array.from(
    { length: value.looks - 1 },
    (_, n) => FIRST_PAUSE_MS * growth ** n,
  );
  const lengths = asked.map(({ ms }) => ms).join(", ");
  if (lengths !== [READY_MS, ...pauses].join(", ")) {
    throw new Error(`${value.looks} looks, and timers of ${lengths} ms.`);
  }
  const late = noticedAt - asked[0]!.firedAt;
  if (late < 0) throw new Error("It was noticed before it came.");
  // A clock may be as coarse as 1 ms.
  if (value.late > late + 1) throw new Error(`It was ${late} ms late.`);
  return value;
}

async function fixedPolls() {
  return [
    await polled("fixed pause", 1),
    await polled("fixed pause", 1),
    await polled("fixed pause", 1),
  ];
}
