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

/** Who is first: 1 after these waits in a row, or 2 after one of 15 ms. */
const first = (...row: number[]) =>
  Promise.race([
    (async () => {
      for (const ms of row) await wait(ms);
      return 1;
    })(),
    wait(15).then(() => 2),
  ]);

test.each([
  [[5, 5], 2, ["1 × 1"]],
  [[5, 5], 3, ["1 × 1", "2 × 1"]],
  [[10], 4, ["1 × 1"]],
  [Array.from({ length: 10 }, () => 1), 0, ["1 × 1"]],
])(
  "waits of %j ms in a row are late by %i ms each",
  async (row, lateness, ends) => {
    const explored = await exploreTasks(() => first(...row), { lateness });
    expect(told(explored)).toEqual(ends);
  },
);

test("ten waits in a row are late by ten times as much", async () => {
  const row = Array.from({ length: 10 }, () => 1);
  const { outcomes } = await exploreTasks(() => first(...row), { lateness: 4 });
  expect(outcomes.map(({ figure }) => figure)).toEqual([1, 2]);
});

test("waits that begin at once are as late as each other's beginning", async () => {
  // However late the first, 10 ms and 4 are less than 15 from then on.
  const explored = await exploreTasks(
    async () => {
      await wait(30);
      return first(10);
    },
    { lateness: 4 },
  );
  expect(told(explored)).toEqual(["1 × 1"]);
});

test("a wait that is cleared has not been too late before", async () => {
  const explored = await exploreTasks(
    async () => {
      let limit: NodeJS.Timeout | undefined;
      const isOver = new Promise<number>((end) => {
        limit = setTimeout(() => end(3), 10);
      });
      const end = wait(29).then(() => 2);
      const row = async () => {
        await wait(5);
        await wait(5);
        // By 14 ms, or the limit had ended: what follows is over by 28.
        clearTimeout(limit);
        await wait(10);
        return 1;
      };
      return Promise.race([isOver, end, row()]);
    },
    { lateness: 4 },
  );
  expect(explored.outcomes.map(({ figure }) => figure)).toEqual([1, 3]);
});

test("a wait that nothing ends is stuck, and an error is an outcome", async () => {
  const stuck = await exploreTasks(() => new Promise<number>(() => {}));
  expect(told(stuck)).toEqual(["stuck × 1"]);
  const thrown = await exploreTasks(async () => {
    await wait(1);
    throw new Error("no money");
  });
  expect(told(thrown)).toEqual(["threw Error: no money × 1"]);
});

test.each([1, "stuck", "1"])("throwing %j is no figure", async (thrown) => {
  const explored = await exploreTasks(async () => {
    const first = await Promise.race([1, 2].map((n) => wait(1).then(() => n)));
    if (first === 2) throw thrown;
    return 1;
  });
  expect(told(explored)).toEqual(["1 × 1", `threw ${thrown} × 1`]);
  const ends = explored.places.flatMap(({ outcome }) => outcome ?? []);
  expect(ends).toContainEqual({ figure: NaN, end: `threw ${thrown}` });
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

const UNKNOWN = ["BroadcastChannel", "MessageChannel", "WebSocket", "fetch"];

test.each<[string, () => unknown]>([
  ...UNKNOWN.map((name): [string, () => unknown] => [
    name,
    () => (globalThis as unknown as Record<string, () => unknown>)[name]!(),
  ]),
  ["AbortSignal.timeout", () => AbortSignal.timeout(1)],
  ["Date.now", () => Date.now()],
  ["new Date()", () => new Date()],
  ["process.hrtime", () => process.hrtime()],
  ["process.hrtime.bigint", () => process.hrtime.bigint()],
  [
    "process.getBuiltinModule",
    () => process.getBuiltinModule("node:timers/promises"),
  ],
  ["Atomics.wait", () => Atomics.wait(new Int32Array(1), 0, 1)],
  ["Atomics.waitAsync", () => Atomics.waitAsync(new Int32Array(1), 0, 1)],
])("refuses %s, also where the program catches it", async (name, act) => {
  const before = Reflect.get(globalThis, name);
  const explored = exploreTasks(async () => {
    await wait(1);
    try {
      await act();
    } catch {
      return 1;
    }
    return 0;
  });
  await expect(explored).rejects.toThrow(`${name} cannot be explored`);
  expect(Reflect.get(globalThis, name)).toBe(before);
});

test("refuses a program whose end goes by how long a wait took", async () => {
  const impatient = async () => {
    const since = performance.now();
    await wait(10);
    return Number(performance.now() - since > 1000);
  };
  await expect(exploreTasks(impatient)).rejects.toThrow(
    "goes by the clock: an order ends with 0, and with 1 if each wait takes long",
  );
  // With a lateness, waits are as long as it allows.
  const punctual = await exploreTasks(impatient, { lateness: 5 });
  expect(told(punctual)).toEqual(["0 × 1"]);
});

test.each([0, 2])(
  "refuses a program with %i waits more if one took long",
  async (waits) => {
    const explored = exploreTasks(async () => {
      const { startTime } = performance.mark("begins");
      await wait(10);
      const isLate = performance.now() - startTime > 1000;
      const rest = isLate ? waits : 1;
      await Promise.all(Array.from({ length: rest }, () => wait(1)));
      return 0;
    });
    await expect(explored).rejects.toThrow(
      "has other waits if each takes long",
    );
  },
);

test("a program may measure how long a wait took", async () => {
  const explored = await exploreTasks(async () => {
    const start = performance.now();
    await wait(10);
    return Number(performance.measure("wait", { start }).duration > 0);
  });
  expect(told(explored)).toEqual(["1 × 1"]);
});

test("a date that is given is no clock", async () => {
  const explored = await exploreTasks(() => new Date(5).getTime());
  expect(told(explored)).toEqual(["5 × 1"]);
});

test("puts timers and clocks back, also after a failure", async () => {
  const timers = ["setTimeout", "setInterval", "setImmediate"];
  const clears = ["clearTimeout", "clearInterval", "clearImmediate"];
  const globals = globalThis as unknown as Record<string, unknown>;
  const now = () => [
    ...[...timers, ...clears, ...UNKNOWN].map((name) => globals[name]),
    performance["now"],
    performance["mark"],
    performance["measure"],
    Date,
    Date["now"],
    AbortSignal["timeout"],
    process["hrtime"],
    process["hrtime"]["bigint"],
    Atomics["wait"],
  ];
  const before = now();
  await exploreTasks(() => deposits(2, () => wait(1)));
  expect(now()).toEqual(before);
  let run = 0;
  const other = () => deposits(run++ === 0 ? 3 : 1, () => wait(1));
  await expect(exploreTasks(other)).rejects.toThrow("does not repeat itself");
  expect(now()).toEqual(before);
  await expect(exploreTasks(() => Date.now())).rejects.toThrow("Date.now");
  now().forEach((one, n) => expect(one).toBe(before[n]));
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
  let told: unknown[] | undefined;
  await exploreTasks(async () => {
    const first = performance.now();
    const start = performance.now();
    await wait(10);
    const mark = performance.mark("m", { detail: 1 });
    const span = performance.measure("s", { start, detail: 2 });
    const bare = [performance.mark("m"), performance.measure("s")];
    // In a second exploration each wait takes long.
    told ??= [first, start, mark, span, ...bare];
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

test("only the program has the stand-ins", async () => {
  let ticks = 0;
  const real = setInterval(() => ticks++, 0);
  const elsewhere = (async () => {
    for (let turn = 0; turn < 3; turn++) await wait(0);
    return Date.now();
  })();
  const explored = await exploreTasks(() => deposits(4, () => wait(30)));
  clearInterval(real);
  expect(explored.orders).toBe(2520n);
  expect(ticks).toBeGreaterThan(0);
  expect(await elsewhere).toBeGreaterThan(0);
});

test("what one run leaves behind waits in no other one", async () => {
  let letGo = (): void => {};
  const explored = await exploreTasks(async () => {
    letGo();
    const stuck = new Promise<void>((resolve) => (letGo = resolve));
    void stuck.then(() => wait(1)).then(() => wait(1));
    await Promise.all([wait(1), wait(1)]);
    return 1;
  });
  expect(told(explored)).toEqual(["1 × 2"]);
});

test("an immediate that is cleared does not run", async () => {
  const explored = await exploreTasks(async () => {
    let ran = 0;
    clearImmediate(setImmediate(() => ran++));
    await wait(1);
    await wait(1);
    return ran;
  });
  expect(told(explored)).toEqual(["0 × 1"]);
});

test("a timer can be told apart, kept and let go", async () => {
  const explored = await exploreTasks(async () => {
    let ran = 0;
    const one = setTimeout(() => ran++, 1).unref();
    const other = setTimeout(() => ran++, 1).ref();
    clearTimeout(one);
    clearTimeout(Number(other));
    await wait(1);
    return ran;
  });
  expect(told(explored)).toEqual(["0 × 1"]);
});

test.each([NaN, -1, 0, 1.9, 2 ** 31, Infinity])(
  "a delay of %d ms is one of 1 ms, as in Node",
  async (ms) => {
    const program = async () => {
      const order: number[] = [];
      const noted = async (ms: number, n: number) => {
        await wait(ms);
        order.push(n);
      };
      await Promise.all([noted(2, 2), noted(ms, 1)]);
      return Number(order.join(""));
    };
    const explored = await exploreTasks(program, { lateness: 0 });
    expect(told(explored)).toEqual(["12 × 1"]);
  },
);

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
