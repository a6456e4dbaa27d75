import {
  atLeast,
  claim,
  exactly,
  inEveryOrder,
  moreThan,
  threads,
} from "#claim";
import type * as Atomics from "../../examples/atomics.ts";
import { count } from "../../examples/atomics.ts";

/** Tens of millions of additions, as the notes say. */
const MANY = 30_000_000;

const gap = { leavesOut: "the one step: reading and writing are two" };

// What is missing was lost, so one pass is proof. Load can keep both threads on one
// core, where an interrupt rarely parts a read from its write: 0 of 480 million were
// lost once. New threads may get a core each, so there are rounds beside tries.
claim("loses-in-a-long-run", {
  figure: "additions that are missing in the end",
  unit: "",
  bound: moreThan(0),
  subject: (dose) => missingInRounds(MANY * dose),
  controls: {
    "Atomics.add": {
      leavesOut: "the gap: reading, adding and writing are one step",
      measure: (dose) => missing("countAtomic", MANY * dose),
    },
    "one thread": {
      leavesOut: "the second thread: one does all the additions",
      measure: (dose) => missingInRounds(2 * MANY * dose, 1),
    },
  },
  tries: 5,
  needs: ["shared memory"],
});

// Each addition is a step of its own, so the orders are as many as there are ways
// to merge two threads' steps.
inEveryOrder("keeps-all-of-four", {
  figure: "count after two threads have added 1 twice",
  unit: "",
  bound: exactly(4),
  subject: stepping(6n, twoThreads("countAtomic", 2)),
  controls: {
    "++": { ...gap, program: twoThreads("countPlain", 2) },
    "load and store": { ...gap, program: twoThreads("countInTwoSteps", 2) },
  },
});

inEveryOrder("keeps-all-of-twenty", {
  figure: "count after two threads have added 1 ten times",
  unit: "",
  bound: exactly(20),
  subject: stepping(184_756n, twoThreads("countAtomic", 10)),
  controls: { "++": { ...gap, program: twoThreads("countPlain", 10) } },
});

inEveryOrder("leaves-two-of-twenty", {
  figure: "what two threads leave of their additions",
  unit: "",
  bound: atLeast(2),
  subject: stepping(137_846_528_820n, twoThreads("countPlain", 10)),
  controls: {
    "one addition each": {
      leavesOut: "the second addition of each thread",
      program: twoThreads("countPlain", 1),
    },
  },
});

inEveryOrder("never-takes-too-many", {
  figure: "how many of four threads get one of three",
  unit: "",
  bound: exactly(3),
  subject: comparing(fourThreads("takeOne")),
  controls: {
    "look, then take": {
      leavesOut:
        "the condition: it takes whatever has happened since it looked",
      program: fourThreads("lookThenTake"),
    },
  },
});

/** What is missing in the first of five rounds in which anything is. */
async function missingInRounds(times: number, among = 2): Promise<number> {
  let lost = 0;
  for (let round = 0; round < 5 && lost === 0; round++) {
    lost = await missing("countPlain", times, among);
  }
  return lost;
}

async function missing(way: Atomics.Way, times: number, among = 2) {
  return among * times - (await count(way, times, among));
}

function twoThreads(way: keyof typeof Atomics, times: number) {
  return threads("atomics", {
    cells: [0],
    threads: [
      [way, times],
      [way, times],
    ],
    figure: ([counter]) => counter!,
  });
}

/**
 * A program with as many orders as there are if each addition takes the steps
 * that the notes say: one with `Atomics.add`, and two with `++`. Who adds all at
 * once, or in a variable of its own, has fewer.
 */
function stepping(expected: bigint, program: ReturnType<typeof threads>) {
  const explore = async () => {
    const explored = await program.explore();
    if (explored.orders !== expected) {
      throw new Error(`${explored.orders} orders, and not ${expected}.`);
    }
    return explored;
  };
  return { ...program, explore };
}

/** A program that writes only by `compareExchange`, and beside that just looks. */
function comparing(program: ReturnType<typeof threads>) {
  const explore = async () => {
    const explored = await program.explore();
    const steps = explored.places.flatMap(({ next }) => next);
    const kinds = new Set(steps.map(({ step }) => step.kind));
    kinds.delete("load");
    kinds.delete("read");
    if ([...kinds].join() !== "compareExchange") {
      throw new Error(`It takes by ${[...kinds].join(" and ")}.`);
    }
    return explored;
  };
  return { ...program, explore };
}

/** How many were told that they got one, unless the stock says otherwise. */
function fourThreads(way: keyof typeof Atomics) {
  return threads("atomics", {
    cells: [3],
    threads: [[way], [way], [way], [way]],
    figure: ([left], answers) => {
      const got = answers.filter((answer) => answer === true).length;
      return got === 3 ? 3 - left! : got;
    },
  });
}
