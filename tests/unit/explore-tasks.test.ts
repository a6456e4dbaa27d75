import { expect, test } from "vitest";
import { bruteForce } from "./brute-force.ts";
import type { Explored } from "../../src/orders/explored.ts";
import { exploreTasks } from "../../src/orders/explore-tasks.ts";

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Each outcome with its number of orders: "1 × 4". */
const told = ({ outcomes }: Explored) =>
  outcomes.map(({ figure, end, orders }) => `${end ?? figure} × ${orders}`);

/** Deposits that come when they come, read, wait for the disk and write. */
async function deposits(count: number, first: (n: number) => Promise<void>) {
  let balance = 0;
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await first(n);
      const before = balance;
      await wait(10);
      balance = before + 1;
    }),
  );
  return balance;
}

test("two deposits have six orders, of which four lose one", async () => {
  const explored = await exploreTasks(() => deposits(2, () => wait(30)));
  expect(explored.orders).toBe(6n);
  expect(explored.isComplete).toBe(true);
  expect(told(explored)).toEqual(["1 × 4", "2 × 2"]);
});

// An await between reading and writing is to tasks what it is to threads that
// another may come in between.
test.each([2, 3, 4])("%i deposits end as so many threads do", async (count) => {
  const explored = await exploreTasks(() => deposits(count, () => wait(30)));
  const expected = Object.entries(bruteForce(count, 1));
  expect(told(explored)).toEqual(expected.map(([end, n]) => `${end} × ${n}`));
  const orders = expected.reduce((sum, [, n]) => sum + n, 0);
  expect(explored.orders).toBe(BigInt(orders));
});

test("the shortest order is the one that is told", async () => {
  const { outcomes } = await exploreTasks(() => deposits(2, () => wait(30)));
  const right = outcomes.at(-1)!;
  expect(right.witness.map(({ who }) => who)).toEqual([1, 1, 2, 2]);
});

test("waits that are late by no more than is allowed keep their order", async () => {
  const staggered = () => deposits(2, (n) => wait(30 + 12 * n));
  const punctual = await exploreTasks(staggered, { lateness: 0 });
  expect(told(punctual)).toEqual(["2 × 1"]);
  const late = await exploreTasks(staggered, { lateness: 5 });
  expect(told(late)).toEqual(["1 × 1", "2 × 1"]);
});

test("a wait that nothing ends is stuck, and an error is an outcome", async () => {
  const stuck = await exploreTasks(() => new Promise<number>(() => {}));
  expect(told(stuck)).toEqual(["stuck × 1"]);
  const thrown = await exploreTasks(async () => {
    await wait(1);
    throw new Error("no money");
  });
  expect(told(thrown)).toEqual(["Error: no money × 1"]);
});

test("intervals go on until they are cleared, and immediates are waits", async () => {
  const explored = await exploreTasks(
    async () => {
      let turns = 0;
      const neighbour = setInterval(() => turns++, 10);
      await wait(25);
      clearInterval(neighbour);
      await new Promise((done) => setImmediate(done));
      return turns;
    },
    { lateness: 0 },
  );
  expect(told(explored)).toEqual(["2 × 1"]);
});

test("says when it has not seen all orders", async () => {
  const explored = await exploreTasks(() => deposits(4, () => wait(30)), {
    limit: 100,
  });
  expect(explored.isComplete).toBe(false);
  expect(explored.orders).toBe(100n);
});

test("refuses a program that depends on something else than the order", async () => {
  let run = 0;
  const program = async () => {
    const waits = Array.from({ length: run++ === 0 ? 3 : 1 }, () => wait(1));
    await Promise.all(waits);
    return 0;
  };
  await expect(exploreTasks(program)).rejects.toThrow("does not repeat itself");
});

const UNKNOWN = [
  "BroadcastChannel",
  "EventSource",
  "MessageChannel",
  "WebSocket",
  "Worker",
  "fetch",
];

test.each(UNKNOWN)(
  "refuses %s, which it cannot put into an order",
  async (name) => {
    const explored = await exploreTasks(() =>
      (globalThis as unknown as Record<string, () => number>)[name]!(),
    );
    expect(told(explored)).toEqual([
      `Error: ${name} cannot be explored: a program in every order waits for timers and promises only. × 1`,
    ]);
  },
);

test("puts timers and clock back, also after a failure", async () => {
  const timers = ["setTimeout", "setInterval", "setImmediate"];
  const clears = ["clearTimeout", "clearInterval", "clearImmediate"];
  const globals = globalThis as unknown as Record<string, unknown>;
  const now = () => [
    ...[...timers, ...clears, ...UNKNOWN].map((name) => globals[name]),
    performance["now"],
    performance["mark"],
    performance["measure"],
  ];
  const before = now();
  await exploreTasks(() => deposits(2, () => wait(1)));
  expect(now()).toEqual(before);
  let run = 0;
  const other = () => deposits(run++ === 0 ? 3 : 1, () => wait(1));
  await expect(exploreTasks(other)).rejects.toThrow("does not repeat itself");
  expect(now()).toEqual(before);
  const start = performance.now();
  await wait(2);
  expect(performance.now() - start).toBeGreaterThan(1);
});

test("what waits is handed what it was given to wait with", async () => {
  const explored = await exploreTasks(
    async () => {
      const got: number[] = [];
      const keep = (done: () => void, ...given: number[]) => {
        got.push(...given);
        done();
      };
      await new Promise<void>((done) => setTimeout(keep, 1, done, 1, 2));
      await new Promise<void>((done) => setImmediate(keep, done, 3));
      await new Promise<void>((done) => {
        const every = setInterval(keep, 1, () => clearInterval(every), 4);
        setTimeout(done, 2);
      });
      return Number(got.join(""));
    },
    { lateness: 0 },
  );
  expect(told(explored)).toEqual(["1234 × 1"]);
});

test("a program's clock stands where its waits ended, and always goes on", async () => {
  let told: unknown[] = [];
  await exploreTasks(async () => {
    const first = performance.now();
    const start = performance.now();
    await wait(10);
    const mark = performance.mark("m", { detail: 1 });
    const span = performance.measure("s", { start, detail: 2 });
    const bare = [performance.mark("m"), performance.measure("s")];
    told = [first, start, mark, span, ...bare];
    return 0;
  });
  const [first, start, mark, span, ...bare] = told as PerformanceEntry[];
  expect(first).toBeCloseTo(0.001, 6);
  expect(start).toBeCloseTo(0.002, 6);
  expect(mark).toMatchObject({ name: "m", detail: 1, entryType: "mark" });
  expect(mark!.startTime).toBeCloseTo(10.003, 6);
  expect(mark!.duration).toBe(0);
  expect(span).toMatchObject({ name: "s", detail: 2, entryType: "measure" });
  expect(span!.startTime).toBe(start);
  expect(span!.duration).toBeCloseTo(10.002, 6);
  expect(bare[0]!.startTime).toBeCloseTo(10.005, 6);
  expect(bare[1]).toMatchObject({ startTime: 0 });
  expect(bare[1]!.duration).toBeCloseTo(10.006, 6);
});

test("a program tells what it does, and equal places are one", async () => {
  const { places, outcomes } = await exploreTasks(async (tell) => {
    let balance = 0;
    const deposit = async () => {
      await wait(0);
      const before = balance;
      tell("read", before);
      await wait(10);
      balance = before + 1;
      tell("write", balance);
    };
    await Promise.all([deposit(), deposit()]);
    return balance;
  });
  const [first] = places;
  expect(first!.next.map(({ step }) => step)).toEqual([
    { who: 1, kind: "read", value: 0 },
    { who: 2, kind: "read", value: 0 },
  ]);
  // As many ways lead from the first place to each end as there are orders.
  const ways = (id: number, figure: number): number => {
    const { next, outcome } = places[id]!;
    if (outcome) return Number(outcome.figure === figure);
    return next.reduce((sum, { to }) => sum + ways(to, figure), 0);
  };
  expect(outcomes.map(({ figure }) => ways(0, figure))).toEqual([4, 2]);
  expect(places.length).toBeLessThan(15);
});

test("what another task's wait lets go on is told after it, as that of its task", async () => {
  const { outcomes } = await exploreTasks(async (tell, as) => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const owner = async () => {
      await wait(10);
      tell("write", 1);
      open();
    };
    const guest = async () => {
      await opened;
      tell("read", 1);
      await wait(10);
    };
    await Promise.all([as(1, owner), as(2, guest)]);
    return 0;
  });
  expect(outcomes[0]!.witness).toEqual([
    {
      who: 1,
      kind: "write",
      value: 1,
      also: [{ who: 2, kind: "read", value: 1 }],
    },
    { who: 2, kind: "goes on" },
  ]);
});

test("a task begins another one beside itself, and callbacks are of who waited", async () => {
  const { outcomes } = await exploreTasks((tell, as) =>
    as(1, async () => {
      const beside = (who: number) => who + 2;
      const rung = as(
        beside,
        () =>
          new Promise<void>((ring) =>
            setTimeout(() => {
              tell("rings");
              ring();
            }, 5),
          ),
      );
      await rung;
      tell("wakes");
      await wait(1);
      return 0;
    }),
  );
  expect(outcomes[0]!.witness).toEqual([
    { who: 3, kind: "rings", also: [{ who: 1, kind: "wakes" }] },
    { who: 1, kind: "goes on" },
  ]);
});
