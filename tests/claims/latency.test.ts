import { atLeast, claim, exactly } from "#claim";
import { callAll, requestBehind } from "../../examples/latency.ts";

/** What a request takes that is served: 20 ms, and a timer may be 1 ms early. */
const SERVICE_MS = 19;

const idle = { leavesOut: "the queue: nobody is before ours" };
const five = { leavesOut: "the queue: each request has a service of its own" };
const fast = { leavesOut: "the slow calls" };

// All five ask in one turn, and each is served when the one before has been.
claim("waits-behind-others", {
  figure: "requests served before ours",
  unit: "",
  bound: exactly(4),
  subject: async () => (await requestBehind(4, "queue")).before,
  controls: {
    "idle service": {
      ...idle,
      measure: async () => (await requestBehind(0, "idle")).before,
    },
    "five services": {
      ...five,
      measure: async () => (await fiveServices()).before,
    },
  },
});

// The wait is four services long, and load stretches all of them alike. Where
// it stretches ours alone, another try shows it; no load makes a queue.
claim("waits-for-others-services", {
  figure: "waiting time, as a multiple of our own service time",
  unit: "×",
  bound: atLeast(3),
  subject: async () => multiple(await requestBehind(4, "queue")),
  controls: {
    "idle service": {
      ...idle,
      measure: async () => multiple(await requestBehind(0, "idle")),
    },
    "five services": {
      ...five,
      measure: async () => multiple(await fiveServices()),
    },
  },
  tries: 5,
});

// Timers end in the order in which they are due. Every fast one is due long
// before the first slow one, and load can only delay them all.
claim("the-slow-come-last", {
  figure: "slow calls among the last ten answers",
  unit: "",
  bound: exactly(10),
  subject: async () => slowAmong(await callAll("mixed", 1), -10),
  controls: {
    "no slow calls": {
      ...fast,
      measure: async () => slowAmong(await callAll("fast", 0), -10),
    },
  },
});

claim("the-median-stays", {
  figure: "slow calls among the first fifty answers",
  unit: "",
  bound: exactly(0),
  subject: async () => slowAmong(await callAll("mixed", 1), 0, 50),
  controls: {
    "six in ten slow": {
      leavesOut: "that fewer than half of the calls are slow",
      measure: async () => slowAmong(await callAll("six in ten", 6), 0, 50),
    },
  },
});

async function fiveServices() {
  const five = [1, 2, 3, 4, 5].map(() => requestBehind(0, "idle"));
  return (await Promise.all(five)).at(-1)!;
}

/** A service that takes no time has no queue, and its multiple means nothing. */
function multiple({ waiting, service }: { waiting: number; service: number }) {
  return waiting / Math.max(service, SERVICE_MS);
}

type Answers = Awaited<ReturnType<typeof callAll>>;

function slowAmong(answers: Answers, from: number, to?: number): number {
  return answers.slice(from, to).filter(({ isSlow }) => isSlow).length;
}
