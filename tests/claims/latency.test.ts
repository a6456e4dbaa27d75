import { atLeast, claim, exactly, lessThan } from "#claim";
import { callAll, requestBehind, summarise } from "../../examples/latency.ts";

// All five ask in one turn, and each is served when the one before has been.
claim("waits-behind-others", {
  figure: "requests served before ours",
  unit: "",
  bound: exactly(4),
  subject: async () => (await requestBehind(4, "queue")).before,
  controls: {
    "idle service": async () => (await requestBehind(0, "idle")).before,
    "five services": async () => {
      const five = [1, 2, 3, 4, 5].map(() => requestBehind(0, "idle"));
      return (await Promise.all(five)).at(-1)!.before;
    },
  },
});

// Here and below the calls run, but what counts is the time that each of them
// asked for, and not what load and clock have made of it.
claim("the-tail-is-long", {
  figure: "p99, as a multiple of the median",
  unit: "×",
  bound: atLeast(3),
  subject: async () => tail(await mixed()),
  controls: { "no slow calls": async () => tail(await fast()) },
});

claim("hides-in-the-average", {
  figure: "calls that took about the average",
  unit: "",
  bound: exactly(0),
  subject: async () => (await mixed()).near,
  controls: { "no slow calls": async () => (await fast()).near },
});

claim("the-median-stays", {
  figure: "median, as a multiple of that without slow calls",
  unit: "×",
  bound: lessThan(1.5),
  subject: async () => (await mixed()).p50 / (await fast()).p50,
  controls: {
    average: async () => (await mixed()).mean / (await fast()).mean,
    p99: async () => (await mixed()).p99 / (await fast()).p99,
  },
});

type Summary = ReturnType<typeof summarise>;

async function mixed(): Promise<Summary> {
  return summarise((await callAll("mixed", 10)).map(({ work }) => work));
}

async function fast(): Promise<Summary> {
  return summarise((await callAll("fast", 1)).map(({ work }) => work));
}

function tail({ p50, p99 }: Summary): number {
  return p99 / p50;
}
