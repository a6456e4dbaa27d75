import {
  askedTimers,
  atLeast,
  claim,
  exactly,
  observeProcess,
  peak,
} from "#claim";
import {
  callAll as callUnchecked,
  requestBehind as requestUnchecked,
  summarise,
} from "../../examples/latency.ts";

/** What a request takes that is served: 20 ms, and a timer may be 1 ms early. */
const SERVICE_MS = 19;
/** What a fast call takes, as the notes say. */
const [FASTEST_MS, SLOWEST_MS] = [10, 16];

const idle = { leavesOut: "the queue: nobody is before ours" };
const five = { leavesOut: "the queue: each request has a service of its own" };
const fast = { leavesOut: "the slow calls" };
const manySlow = { leavesOut: "that fewer than half of the calls are slow" };

// All five ask in one turn, and each is served when the one before has been.
claim("waits-behind-others", {
  figure: "requests served before ours",
  unit: "",
  bound: exactly(4),
  subject: () => servedBefore(behindFour),
  controls: {
    "five services": { ...five, measure: () => servedBefore(fiveServices) },
  },
});

// The wait is four services long, the rest is one, and load stretches all of them
// alike. Where it stretches ours alone, another try shows it. Without a queue,
// load may come in before the wait is measured, but not three times.
claim("waits-for-others-services", {
  figure: "waiting time, as a multiple of the rest of its latency",
  unit: "×",
  bound: atLeast(3),
  subject: async () => multiple(await behindFour()),
  controls: {
    "idle service": {
      ...idle,
      measure: () => leastMultiple(() => requestBehind(0, "idle")),
    },
    "five services": {
      ...five,
      measure: () => leastMultiple(fiveServices),
    },
  },
  tries: 5,
});

// Each call waits for a timer, and all hundred are set before the loop turns. They
// fire in the order in which they are due. Every fast one is due long before the
// first slow one, unless load comes in while the hundred begin: another try shows
// it, and no load makes a fast call slow.
claim("the-slow-come-last", {
  figure: "slow calls among the last ten answers",
  unit: "",
  bound: exactly(10),
  subject: async () => slowAmong(await callAll("mixed", 1), -10),
  controls: {
    "hardly slower": {
      leavesOut: "the slowness: every tenth takes a tenth longer",
      measure: async () => slowAmong(await callAll("hardly", 1, 1.1), -10),
    },
  },
  tries: 5,
});

// Load may stretch some of the fast calls beyond the average, and another try
// shows it. Without slow calls about half are above; that load splits them into
// ninety and ten three times over does not happen.
claim("faster-than-average", {
  figure: "calls that took longer than the average",
  unit: "",
  bound: exactly(10),
  subject: async () => aboveAverage(await callAll("mixed", 1)),
  controls: {
    "no slow calls": {
      ...fast,
      measure: async () =>
        Math.max(
          aboveAverage(await callAll("fast", 0)),
          aboveAverage(await callAll("fast", 0)),
          aboveAverage(await callAll("fast", 0)),
        ),
    },
    "six in ten slow": {
      ...manySlow,
      measure: async () => aboveAverage(await callAll("six in ten", 6)),
    },
  },
  tries: 5,
});

// By the order of the answers, as above. Of a hundred calls forty are fast in the
// control, so at least ten of the first fifty are slow.
claim("the-median-stays", {
  figure: "slow calls among the first fifty answers",
  unit: "",
  bound: exactly(0),
  subject: async () => slowAmong(await callAll("mixed", 1), 0, 50),
  controls: {
    "six in ten slow": {
      ...manySlow,
      measure: async () => slowAmong(await callAll("six in ten", 6), 0, 50),
    },
  },
  tries: 5,
});

/**
 * Sends a request, and times it where it is sent: of its latency, what is not
 * waiting is the rest, whatever the service knows of it.
 */
async function requestBehind(others: number, name: string) {
  const start = performance.now();
  const { waiting } = await requestUnchecked(others, name);
  return { waiting, rest: performance.now() - start - waiting };
}

type Served = ReturnType<typeof requestBehind>;

/**
 * How many services were over when ours began. All ask in one turn. The middle
 * of a service counts: on a coarse clock the end of one is the start of the next.
 */
async function servedBefore(ask: () => Served): Promise<number> {
  const { value: ours, spans } = await observeProcess(ask);
  const named = (end: string) => spans.filter(({ name }) => name.endsWith(end));
  const asked = Math.max(...named(": waiting").map(({ start }) => start));
  const began = asked + ours.waiting;
  return named(": service").filter(
    ({ start, end }) => (start + end) / 2 < began,
  ).length;
}

/** Right behind four others, in a queue in which one is served at a time. */
async function behindFour(): Served {
  const { value: ours, spans } = await observeProcess(() =>
    requestBehind(4, "queue"),
  );
  const services = spans
    .filter(({ name }) => name.endsWith(": service"))
    // By less than a clock's step one may seem to end after the next has begun.
    .map(({ start, end }) => ({ start, end: end - 1 }));
  if (services.length !== 5 || peak(services) !== 1) {
    throw new Error(`Of ${services.length}, ${peak(services)} ran at once.`);
  }
  return ours;
}

async function fiveServices(): Served {
  const five = [1, 2, 3, 4, 5].map(() => requestBehind(0, "idle"));
  return (await Promise.all(five)).at(-1)!;
}

/** A service that takes no time has no queue, and its multiple means nothing. */
function multiple({ waiting, rest }: Awaited<Served>) {
  return waiting / Math.max(rest, SERVICE_MS);
}

/** The least of three. */
async function leastMultiple(ask: () => Served) {
  const three = [await ask(), await ask(), await ask()];
  return Math.min(...three.map(multiple));
}

type Answers = Awaited<ReturnType<typeof callUnchecked>>;

/**
 * A hundred calls that begin at once: each sets its timer before the loop turns,
 * as long as the notes say, and is answered in the turn in which that fires.
 */
async function callAll(
  name: string,
  slowInTen: number,
  slower = 10,
): Promise<Answers> {
  // Nobody else sets timers meanwhile.
  const { value: answers, asked } = await askedTimers(async (asked) => {
    const all = callUnchecked(name, slowInTen, slower);
    // Before the loop turns, and so before any of them can be answered.
    await null;
    if (asked.length !== 100) {
      throw new Error(`${asked.length} of 100 calls began at once.`);
    }
    return all;
  });
  // Of those that fire in one step of a coarse clock, the shorter comes first.
  const fired = asked.toSorted((a, b) => a.firedAt - b.firedAt || a.ms - b.ms);
  answers.forEach(({ isSlow, latency }, n) => {
    const { ms } = fired[n]!;
    const fast = Math.round(isSlow ? ms / slower : ms);
    // A timer takes whole ms, and may be 1 ms early.
    const least = Math.floor(ms) - 1;
    if (!(fast >= FASTEST_MS && fast <= SLOWEST_MS && latency >= least)) {
      throw new Error(`Answer ${n} took ${latency} ms, its timer ${ms} ms.`);
    }
  });
  const slow = slowAmong(answers, 0);
  if (asked.length !== 100 || slow !== 10 * slowInTen) {
    throw new Error(`${slow} of ${asked.length} calls were slow.`);
  }
  return answers;
}

function slowAmong(answers: Answers, from: number, to?: number): number {
  return answers.slice(from, to).filter(({ isSlow }) => isSlow).length;
}

function aboveAverage(answers: Answers): number {
  const { mean } = summarise(answers.map(({ latency }) => latency));
  return answers.filter(({ latency }) => latency > mean).length;
}
