import { atLeast, claim, exactly, observeProcess } from "#claim";
import {
  callAll as callAny,
  FASTEST_MS,
  requestBehind,
  summarise,
} from "../../examples/latency.ts";

/** What a request takes that is served: 20 ms, and a timer may be 1 ms early. */
const SERVICE_MS = 19;
/** What a slow call takes at the least, as the notes say: ten times as long. */
const SLOW_MS = 10 * FASTEST_MS;

const idle = { leavesOut: "the queue: nobody is before ours" };
const five = { leavesOut: "the queue: each request has a service of its own" };
const fast = { leavesOut: "the slow calls" };
const manySlow = { leavesOut: "that fewer than half of the calls are slow" };

// All five ask in one turn, and each is served when the one before has been.
claim("waits-behind-others", {
  figure: "requests served before ours",
  unit: "",
  bound: exactly(4),
  subject: () => servedBefore(() => requestBehind(4, "queue")),
  controls: {
    "five services": { ...five, measure: () => servedBefore(fiveServices) },
  },
});

// The wait is four services long, and load stretches all of them alike. Where
// it stretches ours alone, another try shows it. Without a queue, load may come in
// before the wait is measured, but not three times.
claim("waits-for-others-services", {
  figure: "waiting time, as a multiple of our own service time",
  unit: "×",
  bound: atLeast(3),
  subject: async () => multiple(await requestBehind(4, "queue")),
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

// Timers end in the order in which they are due. Every fast one is due long
// before the first slow one, unless load comes in while the hundred begin: another
// try shows it, and no load makes a fast call slow.
claim("the-slow-come-last", {
  figure: "slow calls among the last ten answers",
  unit: "",
  bound: exactly(10),
  subject: async () => slowAmong(await callAll("mixed", 1), -10),
  controls: {
    "hardly slower": {
      leavesOut: "the slowness: every tenth takes a tenth longer",
      measure: async () => slowAmong(await callAny("hardly", 1, 1.1), -10),
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

async function fiveServices(): Served {
  const five = [1, 2, 3, 4, 5].map(() => requestBehind(0, "idle"));
  return (await Promise.all(five)).at(-1)!;
}

/** A service that takes no time has no queue, and its multiple means nothing. */
function multiple({ waiting, service }: { waiting: number; service: number }) {
  return waiting / Math.max(service, SERVICE_MS);
}

/** The least of three. */
async function leastMultiple(ask: () => Served) {
  const three = [await ask(), await ask(), await ask()];
  return Math.min(...three.map(multiple));
}

type Answers = Awaited<ReturnType<typeof callAny>>;

/** Calls that take as long as the notes say; a timer may be 1 ms early. */
async function callAll(name: string, slowInTen: number): Promise<Answers> {
  const answers = await callAny(name, slowInTen);
  for (const { isSlow, latency } of answers) {
    const least = (isSlow ? SLOW_MS : FASTEST_MS) - 1;
    if (latency < least) throw new Error(`A call took ${latency} ms.`);
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
