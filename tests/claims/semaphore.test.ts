import type { As, Tell } from "#claim";
import {
  atMost,
  claim,
  eachOf,
  exactly,
  inEveryOrder,
  inversions,
  peak,
  tasks,
} from "#claim";
import type * as Example from "../../examples/semaphore.ts";
import {
  callAll,
  createSemaphore,
  doorOf,
  LIMIT,
  openDoor,
} from "../../examples/semaphore.ts";

const three = () => allAtOnce("three", doorOf(createSemaphore(LIMIT)));
const none = () => callAll("none", openDoor);
const one = () => callAll("one", doorOf(createSemaphore(1)));
const four = () => callAll("four", doorOf(createSemaphore(LIMIT + 1)));
/**
 * How many microtasks after it leaves a task may come again: a permit may be
 * free for a moment while it is handed over, and when that moment is depends on
 * how many microtasks the semaphore takes.
 */
const SOON_AGAIN = [1, 2, 3, 4, 5];

type Make = (example: typeof Example) => Example.Semaphore;
const twoPermits: Make = ({ createSemaphore }) => createSemaphore(2);

/** Twelve semaphores, one for each call: each of them holds nobody back. */
const oneEach = () =>
  callAll("one each", (act) => doorOf(createSemaphore(LIMIT))(act));

const noSemaphore = { leavesOut: "the semaphore" };
const each = { leavesOut: "that all of them use the same semaphore" };
const wide = { leavesOut: "the right number: it has a permit too many" };

// A call goes out when one before has come back, however late that is.
claim("answers-all", {
  figure: "calls that are answered, of twelve",
  unit: "",
  bound: exactly(12),
  subject: async () => answered(await three()),
  controls: {
    "no semaphore": {
      ...noSemaphore,
      measure: async () => answered(await none()),
    },
    "a semaphore each": {
      ...each,
      measure: async () => answered(await oneEach()),
    },
    "four permits": { ...wide, measure: async () => answered(await four()) },
  },
});

// Three get in within the turn in which all twelve begin, and each of the others
// when one of them leaves.
claim("three-at-a-time", {
  figure: "calls on their way at the same time",
  unit: "",
  bound: exactly(3),
  subject: async () => peak((await three()).map(toSpan)),
  controls: {
    "no semaphore": {
      ...noSemaphore,
      measure: async () => peak((await none()).map(toSpan)),
    },
    "one permit": {
      leavesOut: "the number: it lets in one at a time, as a mutex does",
      measure: async () => peak((await one()).map(toSpan)),
    },
  },
});

inEveryOrder("never-more-than-two", {
  figure: "most tasks inside at the same time, of three",
  unit: "",
  bound: atMost(2),
  subject: eachOf(
    mostInside(twoPermits),
    ...SOON_AGAIN.map((microtasks) => mostInside(twoPermits, microtasks)),
  ),
  controls: {
    "no semaphore": { ...noSemaphore, program: mostInside(open) },
    "looking before taking": {
      leavesOut: "that looking and taking are one step",
      program: mostInside(() => createLate(2)),
    },
  },
});

inEveryOrder("in-the-order-of-coming", {
  figure: "pairs of tasks that got in in another order than they came",
  unit: "",
  bound: exactly(0),
  subject: eachOf(
    swapped(twoPermits),
    ...SOON_AGAIN.map((microtasks) => swapped(twoPermits, 3, microtasks)),
  ),
  controls: {
    "last come, first served": {
      leavesOut: "the queue: whoever came last is let in first",
      program: swapped(() => createStack(2)),
    },
  },
});

inEveryOrder("one-permit-loses-nothing", {
  figure: "balance after three deposits of 1",
  unit: "",
  bound: exactly(3),
  subject: eachOf(
    deposits(1),
    ...[0, ...SOON_AGAIN].map((microtasks) => depositsOfTwo(1, microtasks)),
  ),
  controls: {
    "two permits": {
      leavesOut: "the single permit: there are two",
      program: deposits(2),
    },
  },
});

inEveryOrder("another-may-release", {
  figure: "tasks that went on before the signal",
  unit: "",
  bound: exactly(0),
  subject: early(0),
  controls: {
    "one permit": {
      leavesOut: "the start at 0: there is a permit without a signal",
      program: early(1),
    },
  },
});

inEveryOrder("a-release-of-ones-own", {
  figure: "most tasks inside at the same time, of three",
  unit: "",
  bound: atMost(1),
  subject: releasedTwice(({ createSemaphore, enter }) => {
    const semaphore = createSemaphore(1);
    return () => enter(semaphore);
  }),
  controls: {
    semaphore: {
      leavesOut: "that a release is somebody's: anybody's counts",
      program: releasedTwice(({ createSemaphore }) =>
        releaseOfAll(createSemaphore(1)),
      ),
    },
    "bounded semaphore": {
      leavesOut: "that a release is somebody's: all of them are counted",
      program: releasedTwice(({ createSemaphore }) =>
        releaseOfAll(bounded(createSemaphore(1))),
      ),
    },
  },
});

inEveryOrder("a-spare-permit", {
  figure: "tasks that are done, of two that need two permits each",
  unit: "",
  bound: exactly(2),
  subject: needingTwo(3),
  controls: {
    "two permits": {
      leavesOut: "the third permit: there are two",
      program: needingTwo(2),
    },
  },
});

/** Whoever comes only when another is answered has not begun with all the others. */
async function allAtOnce(name: string, door: Example.Door) {
  let came = 0;
  let cameBefore: number | undefined;
  const calls = await callAll(name, (act) => {
    came++;
    return door(async () => {
      const call = await act();
      cameBefore ??= came;
      return call;
    });
  });
  if (cameBefore !== 12 || came !== 12) {
    throw new Error(`Before the first answer ${cameBefore} of ${came} came.`);
  }
  return calls;
}

function answered(calls: readonly PerformanceMeasure[]): number {
  return calls.filter(({ name }) => name.endsWith("200")).length;
}

function toSpan({ startTime, duration }: PerformanceMeasure) {
  return { start: startTime, end: startTime + duration };
}

/** Tasks that come when they come, and stay inside for as long as they like. */
function mostInside(make: Make, microtasks = 0) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    3,
    async (example, tell, as) => {
      const semaphore = make(example);
      const beside = example.createSemaphore(1);
      let inside = 0;
      let most = 0;
      const stay = async () => {
        most = Math.max(most, ++inside);
        tell("gets in");
        await someTime();
        // Another semaphore has a queue of its own, and lets nobody in here.
        await beside.acquire();
        beside.release();
        tell("leaves");
        inside--;
      };
      const visit = visitsTo(example, semaphore, () => stay, tell, microtasks);
      await together(3, visit, tell, as);
      return most;
    },
  );
}

/** Tasks of which the first comes twice, in the order of their coming. */
function swapped(make: Make, count = 4, microtasks = 0) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    count,
    async (example, tell, as) => {
      const semaphore = make(example);
      const came: string[] = [];
      const gotIn: string[] = [];
      const come = () => {
        const visitor = String(came.length);
        came.push(visitor);
        return async () => {
          gotIn.push(visitor);
          tell("gets in");
          await someTime();
          tell("leaves");
        };
      };
      const visit = visitsTo(example, semaphore, come, tell, microtasks);
      await together(count, visit, tell, as);
      return inversions(gotIn, came);
    },
  );
}

/**
 * Visits through a door. The first task takes and gives back by hand, and comes
 * again in the very turn in which it leaves, or so many microtasks later: a permit
 * that is taken only when whoever was woken goes on would be free for a moment.
 *
 * @param come tells that a task comes, and gives what it does inside
 */
function visitsTo(
  { doorOf }: typeof Example,
  semaphore: Example.Semaphore,
  come: () => () => Promise<void>,
  tell: Tell,
  microtasks: number,
) {
  const door = doorOf(semaphore);
  return async (n: number) => {
    if (n > 0) return door(come());
    for (const isAgain of [false, true]) {
      if (isAgain) tell("comes");
      const stay = come();
      await semaphore.acquire();
      await stay();
      semaphore.release();
      for (let i = 0; i < microtasks; i++) await undefined;
    }
  };
}

/** Three deposits behind so many permits, each by a task of its own. */
function deposits(permits: number) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    3,
    async (example, tell, as) => {
      const door = example.doorOf(example.createSemaphore(permits));
      const account = openAccount(tell);
      await together(3, () => door(account.deposit), tell, as);
      return account.balance();
    },
  );
}

/** The same by two tasks, of which the first comes again. */
function depositsOfTwo(permits: number, microtasks: number) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    2,
    async (example, tell, as) => {
      const semaphore = example.createSemaphore(permits);
      const account = openAccount(tell);
      const come = () => account.deposit;
      const visit = visitsTo(example, semaphore, come, tell, microtasks);
      await together(2, visit, tell, as);
      return account.balance();
    },
  );
}

/** An account to which a deposit reads, waits and writes. */
function openAccount(tell: Tell) {
  let balance = 0;
  return {
    balance: () => balance,
    deposit: async () => {
      const before = balance;
      tell("read", before);
      await someTime();
      balance = before + 1;
      tell("write", balance);
    },
  };
}

/** One task waits for a permit, and another one, which took none, gives it. */
function early(permits: number) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    2,
    async (example, tell, as) => {
      const semaphore = example.createSemaphore(permits);
      let isReady = false;
      let early = 0;
      await together(
        2,
        async (n) => {
          if (n === 0) {
            isReady = true;
            tell("releases");
            semaphore.release();
          } else {
            await semaphore.acquire();
            tell("gets in");
            if (!isReady) early++;
          }
        },
        tell,
        as,
      );
      return early;
    },
  );
}

type Entry = () => Promise<() => void>;

/** The second release may come a while later, or in the turn of the first. */
function releasedTwice(make: (example: typeof Example) => Entry) {
  return eachOf(
    releasedAgain(make, someTime),
    releasedAgain(make, () => {}),
  );
}

/** Three tasks, of which the first releases a second time after a pause. */
function releasedAgain(
  make: (example: typeof Example) => Entry,
  pause: () => Promise<void> | void,
) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    3,
    async (example, tell, as) => {
      const enter = make(example);
      let inside = 0;
      let most = 0;
      await together(
        3,
        async (n) => {
          const leave = await enter();
          most = Math.max(most, ++inside);
          tell("gets in");
          await someTime();
          inside--;
          try {
            tell("releases");
            leave();
            if (n > 0) return;
            const paused = pause();
            // To await nothing would be a pause as well.
            if (paused) await paused;
            tell("releases again");
            leave();
          } catch {
            // It is told of it, or somebody else is: others may be inside already.
          }
        },
        tell,
        as,
      );
      return most;
    },
  );
}

/** Releases that are nobody's. */
function releaseOfAll(semaphore: Example.Semaphore): Entry {
  return async () => {
    await semaphore.acquire();
    return () => semaphore.release();
  };
}

/** Refuses a release that would leave more permits than there were at first. */
function bounded(semaphore: Example.Semaphore): Example.Semaphore {
  let held = 0;
  return {
    async acquire() {
      await semaphore.acquire();
      held++;
    },
    release() {
      if (held === 0) throw new Error("It was released too many times.");
      held--;
      semaphore.release();
    },
  };
}

/** Two tasks that take a permit, and later a second one before they are done. */
function needingTwo(permits: number) {
  return tasks<typeof Example>(
    "semaphore",
    {},
    2,
    async (example, tell, as) => {
      const door = example.doorOf(example.createSemaphore(permits));
      let done = 0;
      await together(
        2,
        () =>
          door(async () => {
            tell("takes a permit");
            await someTime();
            await door(async () => {
              tell("takes another");
              await someTime();
            });
            tell("is done");
            done++;
          }),
        tell,
        as,
      );
      return done;
    },
  );
}

/** Tasks that come at any time. */
async function together(
  count: number,
  act: (n: number) => Promise<void>,
  tell: Tell,
  as: As,
) {
  const one = async (n: number) => {
    await someTime();
    tell("comes");
    await act(n);
  };
  await Promise.all(
    Array.from({ length: count }, (_, n) => as(n + 1, () => one(n))),
  );
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
}

function open(): Example.Semaphore {
  return { acquire: () => Promise.resolve(), release: () => {} };
}

/** A semaphore that looks for a permit, and takes it a moment later. */
function createLate(permits: number): Example.Semaphore {
  const queue: (() => void)[] = [];
  return {
    async acquire() {
      if (permits === 0) return new Promise((enter) => queue.push(enter));
      await someTime();
      permits--;
    },
    release() {
      const next = queue.shift();
      if (next) next();
      else permits++;
    },
  };
}

/** A semaphore that lets in whoever came last. */
function createStack(permits: number): Example.Semaphore {
  const waiting: (() => void)[] = [];
  return {
    async acquire() {
      if (permits > 0) permits--;
      else await new Promise<void>((enter) => waiting.push(enter));
    },
    release() {
      const next = waiting.pop();
      if (next) next();
      else permits++;
    },
  };
}
