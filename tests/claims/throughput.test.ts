import {
  askedTimers,
  claim,
  exactly,
  lessThan,
  observeProcess,
  peak,
  withTimers,
} from "#claim";
import {
  openService,
  send as sendUnchecked,
} from "../../examples/throughput.ts";

/** As the notes say. */
const ITEM_MS = 5;
const CALL_MS = 20;

type Way = NonNullable<Parameters<typeof sendUnchecked>[1]>;

const oneByOne = { leavesOut: "the batch: each call carries one item" };
const allAtOnce = {
  leavesOut: "the turns: twelve callers pay the fixed cost at the same time",
};
const noLimit = { leavesOut: "the limit: there is a slot for each call" };

// A batch spends 15 timers where one by one spends 24, and whatever holds up the
// loop holds up both: in each of the batches' timers of 20 ms the others get two
// more steps at the most, which makes 21.
claim("batches-get-more-done", {
  figure: "items sent one by one when the batches were through",
  unit: "",
  bound: lessThan(12),
  subject: () => sentMeanwhile({}, { batch: 4 }),
  controls: {
    "twelve callers": {
      ...allAtOnce,
      measure: () => sentMeanwhile({ callers: 12, slots: 12 }, { batch: 4 }),
    },
  },
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

// Each of the three spends 8 timers where the single one spends 24, and gains on
// it as above.
claim("callers-get-more-done", {
  figure: "items sent by one caller when three were through",
  unit: "",
  bound: lessThan(12),
  subject: () => sentMeanwhile({}, { callers: 3 }),
  controls: {
    "one slot": {
      leavesOut: "the room: three callers, but one slot for all of them",
      measure: () => sentMeanwhile({}, { callers: 3, slots: 1 }),
    },
  },
});

// Eight ask in one turn, so all the slots are taken before the first is free,
// and each is handed on by the call that leaves it. Whenever that is, a slot
// that is empty when eight more ask is taken at once.
claim("full-is-full", {
  figure: "calls in service at the same time",
  unit: "",
  bound: exactly(3),
  subject: () => inService(8),
  controls: {
    "one caller": {
      leavesOut: "the callers: one of them fills one slot",
      measure: () => inService(1),
    },
    "no limit": {
      ...noLimit,
      measure: () => inService(8, Infinity),
    },
  },
});

// Three of the eight are in service, so they spend the same timers as the three,
// each a little later.
claim("eight-get-no-more-done", {
  figure: "items sent by three callers when eight were through",
  unit: "",
  bound: exactly(12),
  subject: () => sentMeanwhile({ callers: 3 }, { callers: 8 }),
  controls: {
    "no limit": {
      ...noLimit,
      measure: () =>
        sentMeanwhile({ callers: 3 }, { callers: 8, slots: Infinity }),
    },
    "one caller": {
      leavesOut: "the full service: one caller instead of three",
      measure: () => sentMeanwhile({}, { callers: 8 }),
    },
  },
});

// Three are in service, so five queue, and each gets the slot of one answer, how
// long that may take.
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

/**
 * Sends all items in these ways, which begin together, in this order. Looks
 * whether each service has taken in all twelve, and whether the fixed cost was
 * paid once a call: a batch that is sent as four calls at once is none.
 */
async function send(...ways: Way[]) {
  const { value: seen, asked } = await askedTimers(() =>
    observeProcess(() =>
      Promise.all(ways.map((way, n) => sendUnchecked(`way ${n}`, way))),
    ),
  );
  for (const answers of seen.value) {
    const taken = Math.max(...answers.map((answer) => answer.taken));
    if (taken !== 12) throw new Error(`${taken} of twelve were taken in.`);
  }
  const calls = ways.reduce((sum, { batch = 1 }) => sum + 12 / batch, 0);
  const paid = asked.filter(({ ms }) => ms === CALL_MS).length;
  if (paid !== calls) throw new Error(`${paid} paid for ${calls} calls.`);
  return { answers: seen.value, spans: seen.spans };
}

/**
 * How many items one way has sent, each in a call of its own, when another has
 * sent all twelve. It starts a little before the other, and timers of the same
 * length fire in the order in which they were set: of two equal ways the first
 * is always through.
 */
async function sentMeanwhile(way: Way, other: Way): Promise<number> {
  const { spans } = await send(way, other);
  const ends = (lane: string) =>
    spans.filter(({ name }) => name === lane).map(({ end }) => end);
  const through = Math.max(...ends("way 1"));
  return ends("way 0").filter((end) => end <= through).length;
}

/**
 * By the service's own count: NaN if the test takes in another number, each item
 * for five times as long as a call costs.
 */
async function takenBeforeAnswer(way: { batch?: number }): Promise<number> {
  const { answers } = await send(way);
  const { taken } = answers[0]![0]!;
  let counted = 0;
  const takeIn = async () => {
    await new Promise((end) => setTimeout(end, 5 * CALL_MS));
    counted++;
  };
  await openService("", 3, takeIn)(way.batch ?? 1);
  return counted === taken ? taken : NaN;
}

/**
 * The most in service when so many call, and call again as soon as they have an
 * answer, and when as many more come while two, one and none are in service. A
 * call in service has one timer, whatever is measured of it.
 */
async function inService(callers: number, slots = 3): Promise<number> {
  const call = openService("in service", slots);
  let open = 0;
  let few = 0;
  let areFew = () => {};
  const come = async (items: number) => {
    open++;
    await call(items);
    await call(1);
    if (--open <= few) areFew();
  };
  const { spans, timers } = await withTimers([ITEM_MS, CALL_MS], async () => {
    for (few of [2, 1, 0, 0]) {
      const left = new Promise<void>((areLeft) => (areFew = areLeft));
      for (let n = 0; n < callers; n++) void come(n + 1);
      await left;
    }
  });
  return Math.max(
    timers,
    peak(spans.filter(({ name }) => name === "in service")),
  );
}

/**
 * By the service's own count: NaN if others were answered between a call's turn
 * and its answer than those in service beside it. That is seen of equal calls.
 * Then one is long: only who waits at it alone, and not for any slot, waits longer.
 */
async function longestQueue({ callers = 1, slots = 3 }: Way) {
  const call = openService("", slots);
  let answered = 0;
  const ask = async () => {
    const answeredThen = answered;
    const { before } = await call(1);
    const beside = answered++ - answeredThen - before;
    return beside >= 0 && beside < slots ? before : NaN;
  };
  const equal = async () => [await ask(), await ask()];
  const unequal = async (_: unknown, n: number) => {
    const { before } = await call(n === 0 ? 12 : 1);
    return [before, (await call(1)).before];
  };
  const all = [
    await Promise.all(Array.from({ length: callers }, equal)),
    await Promise.all(Array.from({ length: callers }, unequal)),
  ];
  return Math.max(...all.flat(2));
}
