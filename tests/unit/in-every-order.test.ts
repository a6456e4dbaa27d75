import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import type * as Mutex from "../../examples/mutex.ts";
import { exactly } from "../../src/measure/bound.ts";
import { eachOf } from "../../src/measure/each-of.ts";
import type { OrderClaim, Program } from "../../src/measure/in-every-order.ts";
import {
  deadEnds,
  faultInOrders,
  measureOrders,
  tasks,
  threads,
} from "../../src/measure/in-every-order.ts";

const balance = (count: number, guard: (mutex: typeof Mutex) => Mutex.Guard) =>
  tasks<typeof Mutex>("mutex", { DEPOSITS: count }, count, async (mutex) => {
    return (await mutex.depositAll("x", guard(mutex))).balance;
  });
const guarded = (count: number) =>
  balance(count, (mutex) => mutex.createMutex());
const open = (count: number) => balance(count, ({ unguarded }) => unguarded);
const control = (program: Program) => ({ leavesOut: "the lock", program });

const stated: OrderClaim = {
  figure: "balance after 3 deposits of 1",
  unit: "",
  bound: exactly(3),
  subject: guarded(3),
  controls: { "no mutex": control(open(3)) },
};

test("holds in every order of the subject, and fails in some of the control", async () => {
  const measured = await measureOrders(stated);
  expect(faultInOrders(measured)).toBeUndefined();
  expect(measured.subject.orders).toBe("30");
  const none = measured.controls["no mutex"]!;
  expect(none).toMatchObject({ of: "tasks", count: 3, orders: "90" });
  expect(none.outcomes).toEqual([
    { figure: 1, orders: "48", holds: false },
    { figure: 2, orders: "36", holds: false },
    { figure: 3, orders: "6", holds: true },
  ]);
  expect(none.witness!.length).toBe(6);
  expect(measured.subject.witness).toBeUndefined();
});

test("each of several programs has to hold, and the places are the first's", async () => {
  const both = await eachOf(guarded(3), open(3)).explore();
  expect(both.orders).toBe(120n);
  expect(both.outcomes.map(({ figure, orders }) => [figure, orders])).toEqual([
    [1, 48n],
    [2, 36n],
    [3, 36n],
  ]);
  const first = await guarded(3).explore();
  expect(both.places).toEqual(first.places);
  expect(both.outcomes[2]!.witness).toEqual(first.outcomes[0]!.witness);
});

test("falls with one order of the subject, and tells the shortest", async () => {
  const fault = faultInOrders(
    await measureOrders({ ...stated, subject: open(3) }),
  );
  expect(fault).toContain(
    "In 48 of 90 orders it ends with 1, against the bound = 3.",
  );
  expect(fault).toContain('"kind":"goes on"');
});

test("falls with a control that holds in every order, and without one", async () => {
  const toothless = { ...stated, controls: { lock: control(guarded(3)) } };
  expect(faultInOrders(await measureOrders(toothless))).toContain(
    "holds in every order of the control lock too",
  );
  expect(
    faultInOrders(await measureOrders({ ...stated, controls: {} })),
  ).toContain("no control");
});

test("refuses a constant that is not there", async () => {
  const unknown = tasks("mutex", { PAYMENTS: 2 }, 2, () => 0);
  await expect(unknown.explore()).rejects.toThrow(
    "examples/mutex.ts has no constant “PAYMENTS” that is a number.",
  );
});

const folder = mkdtempSync(join(tmpdir(), "threads-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, "threads.ts"),
  `const TIMES = 9;
export function add(cells: Int32Array, by: number): void {
  for (let n = 0; n < TIMES; n++) cells[0] += by;
}
export function wait(cells: Int32Array): void {
  Atomics.wait(cells, 0, 0);
}
export function wake(cells: Int32Array): void {
  Atomics.notify(cells, 0);
}
export function look(cells: Int32Array): void {
  while (Atomics.load(cells, 0) === 0);
}
`,
);
/** As a slug: from the folder of examples. */
const SLUG = join(relative("examples", folder), "threads");

const adding = (times: number, ...by: number[]) =>
  threads(SLUG, {
    cells: [40],
    threads: by.map((each) => ["add", each] as const),
    figure: ([cell]) => cell!,
    constants: { TIMES: times },
  });
const of = (subject: Program, controls: OrderClaim["controls"] = {}) =>
  measureOrders({ ...stated, bound: exactly(42), subject, controls });

test("tells of threads their accesses, places and orders", async () => {
  const { subject, controls } = await of(adding(1, 2), {
    two: control(adding(1, 2, 2)),
  });
  const read = { who: 1, kind: "read", cell: 0, value: 40, line: 3 };
  const write = { who: 1, kind: "write", cell: 0, value: 42, line: 3 };
  expect(subject).toEqual({
    of: "threads",
    count: 1,
    orders: "1",
    outcomes: [{ figure: 42, orders: "1", holds: true }],
    places: [
      { next: [{ step: read, to: 1 }] },
      { next: [{ step: write, to: 2 }] },
      { next: [], figure: 42 },
    ],
  });
  expect(controls["two"]).toMatchObject({
    leavesOut: "the lock",
    count: 2,
    orders: "6",
    outcomes: [
      { figure: 42, orders: "4", holds: true },
      { figure: 44, orders: "2", holds: false },
    ],
    witness: [
      read,
      write,
      { ...read, who: 2, value: 42 },
      { ...write, who: 2, value: 44 },
    ],
  });
});

test("keeps no more places than a reader goes through", async () => {
  expect((await of(adding(2, 1, 1))).subject.places!.length).toBeLessThan(120);
  expect((await of(adding(9, 1, 1))).subject.places).toBeUndefined();
});

test("says of what does not end why, and that orders are endless", async () => {
  const never = tasks(
    "mutex",
    {},
    1,
    async () => {
      await new Promise((wake) => setTimeout(wake));
      return new Promise<number>(() => {});
    },
    4,
  );
  const throws = tasks("mutex", {}, 1, () => {
    throw new Error("No.");
  });
  const looking = threads(SLUG, {
    cells: [0],
    threads: [["look"], ["add", 1]],
    figure: ([cell]) => cell!,
  });
  const { subject, controls, ...rest } = await of(never, {
    throws: control(throws),
    looking: control(looking),
  });
  const stuck = { figure: null, end: "stuck" };
  const goesOn = { who: 1, kind: "goes on" };
  expect(subject).toEqual({
    of: "tasks",
    count: 1,
    lateness: 4,
    orders: "1",
    outcomes: [{ ...stuck, orders: "1", holds: false }],
    witness: [goesOn],
    places: [{ next: [{ step: goesOn, to: 1 }] }, { next: [], ...stuck }],
  });
  expect(controls["throws"]!.outcomes).toEqual([
    { figure: null, end: "threw Error: No.", orders: "1", holds: false },
  ]);
  expect(controls["throws"]).not.toHaveProperty("lateness");
  expect(controls["looking"]).toMatchObject({
    orders: null,
    outcomes: [{ figure: 9, orders: null, holds: false }],
  });
  const endless = { ...rest, subject: controls["looking"]!, controls: {} };
  expect(faultInOrders(endless)).toMatch(
    /^In endless of endless orders it ends with 9, against the bound = 42\. /,
  );
});

test("names all controls that hold in every order", async () => {
  const measured = await of(adding(1, 2), {
    one: control(adding(1, 2)),
    other: control(adding(1, 2)),
  });
  expect(faultInOrders(measured)).toMatch(
    /^the bound = 42 holds in every order of the control one, other too/,
  );
});

test("finds the states from which nothing leads to an end", async () => {
  const late = deadEnds(SLUG, { cells: [0], threads: [["wait"], ["wake"]] });
  const { outcomes, orders, isComplete, places } = await late.explore();
  // Who wakes nobody leaves a thread that will sleep, and then one that does.
  const woke = { who: 2, kind: "notify", cell: 0, line: 9 };
  expect(outcomes).toEqual([{ figure: 2, orders: null, witness: [woke] }]);
  expect([orders, isComplete, places.length]).toEqual([null, true, 6]);
  const none = deadEnds(SLUG, { cells: [1], threads: [["wait"], ["wake"]] });
  expect((await none.explore()).outcomes).toEqual([
    { figure: 0, orders: null, witness: [] },
  ]);
});

test("refuses a function that is not there", async () => {
  const unknown = threads(SLUG, {
    cells: [0],
    threads: [["sleep"]],
    figure: () => 0,
  });
  await expect(unknown.explore()).rejects.toThrow(
    "threads.ts has no function “sleep” that takes an Int32Array.",
  );
});

test("refuses to say anything of some of the orders", async () => {
  const some: Program = {
    scope: { of: "tasks", count: 9 },
    explore: async () => ({
      orders: 1_000_000n,
      isComplete: false,
      outcomes: [],
      places: [],
    }),
  };
  await expect(of(some)).rejects.toThrow(
    "There are more than 1000000 orders: explore fewer tasks.",
  );
});
