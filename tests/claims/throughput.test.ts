import { atLeast, claim, exactly, observeProcess, peak } from "#claim";
import { send } from "../../examples/throughput.ts";

type Way = Parameters<typeof send>[1];

const oneByOne = { leavesOut: "the batch: each call carries one item" };
const noLimit = { leavesOut: "the limit: there is a slot for each call" };
const oneSlot = {
  leavesOut: "the room: three callers, but one slot for all of them",
  measure: () => rateAgainstOne({ callers: 3, slots: 1 }),
};

// How many calls twelve items need is settled by how many a call carries.
claim("batches-save-calls", {
  figure: "calls for twelve items",
  unit: "",
  bound: exactly(3),
  subject: async () => (await send("batches", { batch: 4 })).length,
  controls: {
    "one by one": {
      ...oneByOne,
      measure: async () => (await send("one by one")).length,
    },
  },
});

// Timers can end late but hardly early, so no load lets twelve calls in turn be
// done in less than 12 x 24 ms. Where load holds up the batches, another try
// shows it.
claim("batches-get-more-done", {
  figure: "items a second, as a multiple of one by one",
  unit: "×",
  bound: atLeast(1.5),
  subject: () => rateAgainstOne({ batch: 4 }),
  controls: { "one slot": oneSlot },
  tries: 5,
});

// A call is answered when all that it carries has been taken in.
claim("the-first-waits-for-all", {
  figure: "items taken in before the first answer",
  unit: "",
  bound: exactly(4),
  subject: () => takenBeforeAnswer({ batch: 4 }),
  controls: {
    "one by one": { ...oneByOne, measure: () => takenBeforeAnswer({}) },
  },
});

// As above.
claim("callers-get-more-done", {
  figure: "items a second, as a multiple of one caller's",
  unit: "×",
  bound: atLeast(1.5),
  subject: () => rateAgainstOne({ callers: 3 }),
  controls: { "one slot": oneSlot },
  tries: 5,
});

// Eight ask in one turn, so all the slots are taken before the first is free,
// and each is handed on by the call that leaves it.
claim("full-is-full", {
  figure: "calls in service at the same time",
  unit: "",
  bound: exactly(3),
  subject: () => inService({ callers: 8 }),
  controls: {
    "one caller": {
      leavesOut: "the callers: one of them fills one slot",
      measure: () => inService({ callers: 1 }),
    },
    "no limit": {
      ...noLimit,
      measure: () => inService({ callers: 8, slots: Infinity }),
    },
  },
});

// Three are in service, so five queue, and each gets the slot of one answer.
claim("then-only-latency-grows", {
  figure: "answers to others that a call had to await",
  unit: "",
  bound: exactly(5),
  subject: () => longestQueue({ callers: 8 }),
  controls: {
    "three callers": {
      leavesOut: "the callers that find no room",
      measure: () => longestQueue({ callers: 3 }),
    },
    "no limit": {
      ...noLimit,
      measure: () => longestQueue({ callers: 8, slots: Infinity }),
    },
  },
});

/** The first caller's best of three, so that load cannot make others look fast. */
async function rateAgainstOne(way: Way): Promise<number> {
  const alone = [await timeOf({}), await timeOf({}), await timeOf({})];
  return Math.min(...alone) / (await timeOf(way));
}

async function timeOf(way: Way): Promise<number> {
  return (await observeProcess(() => send("timed", way))).wall;
}

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
