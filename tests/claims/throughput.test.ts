import { claim, exactly, observeProcess, peak } from "#claim";
import { send } from "../../examples/throughput.ts";

type Way = Parameters<typeof send>[1];

// How many calls twelve items need is settled by how many a call carries.
claim("batches-save-calls", {
  figure: "calls for twelve items",
  unit: "",
  bound: exactly(3),
  subject: async () => (await send("batches", { batch: 4 })).length,
  controls: { "one by one": async () => (await send("one by one")).length },
});

// A call is answered when all that it carries has been taken in.
claim("the-first-waits-for-all", {
  figure: "items taken in before the first answer",
  unit: "",
  bound: exactly(4),
  subject: () => takenBeforeAnswer({ batch: 4 }),
  controls: { "one by one": () => takenBeforeAnswer({}) },
});

// Eight ask in one turn, so all the slots are taken before the first is free,
// and each is handed on by the call that leaves it.
claim("full-is-full", {
  figure: "calls in service at one moment",
  unit: "",
  bound: exactly(3),
  subject: () => inService({ callers: 8 }),
  controls: {
    "one caller": () => inService({ callers: 1 }),
    "no limit": () => inService({ callers: 8, slots: Infinity }),
  },
});

// Three are in service, so five queue, and each gets the slot of one answer.
claim("then-only-latency-grows", {
  figure: "answers to others that a call had to await",
  unit: "",
  bound: exactly(5),
  subject: () => longestQueue({ callers: 8 }),
  controls: {
    "three callers": () => longestQueue({ callers: 3 }),
    "no limit": () => longestQueue({ callers: 8, slots: Infinity }),
  },
});

async function takenBeforeAnswer(way: Way): Promise<number> {
  return (await send("", way))[0]!.taken;
}

async function inService(way: Way): Promise<number> {
  const { spans } = await observeProcess(() => send("in service", way));
  return peak(spans.filter(({ name }) => name === "in service"));
}

async function longestQueue(way: Way): Promise<number> {
  return Math.max(...(await send("", way)).map(({ before }) => before));
}
