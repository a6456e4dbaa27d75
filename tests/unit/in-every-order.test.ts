import { expect, test } from "vitest";
import type * as Mutex from "../../examples/mutex.ts";
import { exactly } from "../../src/measure/bound.ts";
import type { OrderClaim, Program } from "../../src/measure/in-every-order.ts";
import {
  faultInOrders,
  measureOrders,
  tasks,
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
