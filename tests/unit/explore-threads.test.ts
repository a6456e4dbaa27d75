import { expect, test } from "vitest";
import type { ThreadGraph } from "../../src/orders/explore-threads.ts";
import { exploreThreads } from "../../src/orders/explore-threads.ts";
import { threadFunctions } from "../../src/orders/thread-code.ts";
import { bruteForce } from "./brute-force.ts";

const SOURCE = `
const OPEN = 0;
export function addPlain(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) cells[0]!++;
}
export function addAtomic(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) Atomics.add(cells, 0, 1);
}
export function addWritten(cells: Int32Array): void {
  const before = cells[0]!;
  cells[0] = before + 1;
}
export function addBy(cells: Int32Array, by: number): void {
  cells[0]! += by;
}
function lock(cells: Int32Array, at: number): void {
  while (Atomics.compareExchange(cells, at, OPEN, 1) !== OPEN) {
    // Somebody else has it: ask again.
  }
}
function unlock(cells: Int32Array, at: number): void {
  Atomics.store(cells, at, OPEN);
}
export function addLocked(cells: Int32Array, times: number): void {
  for (let n = 0; n < times; n++) {
    lock(cells, 1);
    cells[0]!++;
    unlock(cells, 1);
  }
}
export function addBadlyLocked(cells: Int32Array): void {
  while (Atomics.load(cells, 1) !== OPEN) {
    // Somebody else has it: ask again.
  }
  Atomics.store(cells, 1, 1);
  cells[0]!++;
  Atomics.store(cells, 1, OPEN);
}
export function takeBoth(cells: Int32Array, first: number, second: number) {
  lock(cells, first);
  lock(cells, second);
  cells[0]!++;
  unlock(cells, second);
  unlock(cells, first);
}
/** Waits for what the other one puts there. */
export function takeOne(cells: Int32Array): void {
  while (Atomics.load(cells, 1) === 0) Atomics.wait(cells, 1, 0);
  cells[0] = Atomics.load(cells, 1);
}
export function putOne(cells: Int32Array): void {
  Atomics.store(cells, 1, 7);
  Atomics.notify(cells, 1);
}
export function putSilently(cells: Int32Array): void {
  Atomics.store(cells, 1, 7);
}
export function peterson(cells: Int32Array, me: number): void {
  Atomics.store(cells, 1 + me, 1);
  Atomics.store(cells, 3, 1 - me);
  while (Atomics.load(cells, 2 - me) === 1 && Atomics.load(cells, 3) === 1 - me) {
    // The other one is in there, or was first.
  }
  cells[0]!++;
  Atomics.store(cells, 1 + me, 0);
}
`;

const code = threadFunctions(SOURCE, "source.ts");

function explore(...threads: [name: string, ...given: number[]][]) {
  return exploreThreads({
    threads: threads.map(
      ([name, ...given]) =>
        (cells) =>
          code[name]!(cells, ...given),
    ),
    cells: [0, 0, 0, 0],
    figure: (cells) => cells[0]!,
  });
}

const told = ({ outcomes }: ThreadGraph) =>
  Object.fromEntries(
    outcomes.map(({ figure, end, orders }) => [end ?? figure, orders]),
  );
const plain = (threads: number, times: number) =>
  explore(
    ...Array.from({ length: threads }, (): [string, number] => [
      "addPlain",
      times,
    ]),
  );

test.each([
  [2, 1],
  [2, 2],
  [2, 3],
  [2, 5],
  [3, 1],
  [3, 2],
])("%i threads that add %i times end as by brute force", (threads, times) => {
  const expected = Object.fromEntries(
    Object.entries(bruteForce(threads, times)).map(([end, n]) => [
      end,
      BigInt(n),
    ]),
  );
  expect(told(plain(threads, times))).toEqual(expected);
});

test("twice ten additions: 137,846,528,820 orders, ends from 2 to 20", () => {
  const { orders, outcomes, states, isComplete } = plain(2, 10);
  expect(orders).toBe(137_846_528_820n);
  expect(isComplete).toBe(true);
  expect(states.length).toBe(22_707);
  expect(outcomes.map(({ figure }) => figure)).toEqual(
    Array.from({ length: 19 }, (_, n) => n + 2),
  );
  expect(outcomes[0]!.orders).toBe(8n);
});

test.each([
  [2, 1, 12, 6n, 2n],
  [2, 2, 57, 70n, 6n],
  [3, 2, 904, 34_650n, 90n],
])(
  "%i threads that add %i times pass %i states in %i orders, %i of them right",
  (threads, times, passed, all, right) => {
    const graph = plain(threads, times);
    expect(graph.states.length).toBe(passed);
    expect(graph.orders).toBe(all);
    expect(told(graph)[threads * times]).toBe(right);
  },
);

test.each(["addWritten", "addBy"])(
  "%s reads and writes in two steps, as ++ does",
  (name) => {
    expect(told(explore([name, 1], [name, 1]))).toEqual({ 1: 4n, 2: 2n });
  },
);

test("an atomic addition is one step", () => {
  const graph = explore(["addAtomic", 10], ["addAtomic", 10]);
  expect(told(graph)).toEqual({ 20: 184_756n });
  expect(graph.states.length).toBe(121);
});

test("a lock loses nothing, in endlessly many orders", () => {
  const graph = explore(["addLocked", 2], ["addLocked", 2], ["addLocked", 2]);
  expect(graph.orders).toBeNull();
  expect(told(graph)).toEqual({ 6: null });
  expect(graph.lost).toEqual([]);
  expect(graph.states.length).toBe(189);
});

test("a lock that looks and takes in two steps loses an addition", () => {
  const graph = explore(["addBadlyLocked"], ["addBadlyLocked"]);
  expect(Object.keys(told(graph))).toEqual(["1", "2"]);
  expect(graph.states.length).toBe(50);
  const inside = graph.states.filter(({ steps }) =>
    steps.every((step) => step?.cell === 0),
  );
  expect(inside.length).toBe(4);
  const [worst] = graph.outcomes;
  expect(worst!.witness.map(({ who, kind }) => `${who} ${kind}`)).toEqual([
    "1 load",
    "2 load",
    "1 store",
    "1 read",
    "2 store",
    "2 read",
    "1 write",
    "1 store",
    "2 write",
    "2 store",
  ]);
});

test("two locks in opposite order: one state has no way out", () => {
  const opposite = explore(["takeBoth", 1, 2], ["takeBoth", 2, 1]);
  expect(opposite.lost).toHaveLength(1);
  const [lost] = opposite.lost;
  expect(opposite.wayTo(lost!).map(({ who }) => who)).toEqual([1, 2]);
  expect(opposite.states.length).toBe(27);
  const same = explore(["takeBoth", 1, 2], ["takeBoth", 1, 2]);
  expect(same.lost).toEqual([]);
  expect(same.states.length).toBe(24);
  for (const graph of [opposite, same])
    expect(told(graph)).toEqual({ 2: null });
});

test("Peterson's algorithm excludes", () => {
  const graph = explore(["peterson", 0], ["peterson", 1]);
  expect(told(graph)).toEqual({ 2: null });
  expect(graph.states.length).toBe(58);
});

test("who waits sleeps until it is notified", () => {
  const woken = explore(["takeOne"], ["putOne"]);
  expect(Object.keys(told(woken))).toEqual(["7"]);
  const silent = explore(["takeOne"], ["putSilently"]);
  expect(Object.keys(told(silent)).sort()).toEqual(["7", "stuck"]);
});

test("a step says who does what, where and with which value", () => {
  const { outcomes } = explore(["addWritten"], ["addWritten"]);
  expect(outcomes[0]!.witness).toEqual([
    { who: 1, kind: "read", cell: 0, value: 0, line: 10 },
    { who: 2, kind: "read", cell: 0, value: 0, line: 10 },
    { who: 1, kind: "write", cell: 0, value: 1, line: 11 },
    { who: 2, kind: "write", cell: 0, value: 1, line: 11 },
  ]);
});

test.each([
  ["a sum of two cells", "const n = cells[0]! + cells[1]!;", "two accesses"],
  ["a method that gets it", "console.log(cells);", "handed on"],
  ["a function that gets it", "show(cells);", "takes no Int32Array"],
  ["another name for it", "const same = cells;", "handed on"],
  ["a loop over it", "for (const cell of cells) cell;", "a loop over a list"],
  ["a function inside", "const f = () => cells[0];", "a function inside of it"],
  ["a wait with a limit", "Atomics.wait(cells, 0, 0, 5);", "a limit of time"],
  ["another operation", "Atomics.waitAsync(cells, 0, 0);", "Atomics.waitAsync"],
  ["a pattern", "const { n } = { n: 1 }; cells[0] = n;", "a pattern"],
  ["a logical assignment", "cells[0] ||= 1;", "“||=” on shared memory"],
])("refuses %s, with its line", (_, body, why) => {
  const source = `export function f(cells: Int32Array): void {\n  ${body}\n}`;
  const refused = () => threadFunctions(source, "f.ts");
  expect(refused).toThrow(/^f\.ts:2: f cannot be explored in every order: /);
  expect(refused).toThrow(why);
});

test("refuses an async function, and a variable that is no plain value", () => {
  const waits = "export async function f(cells: Int32Array) { cells[0]; }";
  expect(() => threadFunctions(waits, "f.ts")).toThrow("only plain functions");
  const source =
    "export function f(cells: Int32Array) { const a = [1]; cells[0] = 1; }";
  const { f } = threadFunctions(source, "f.ts");
  expect(() =>
    exploreThreads({ threads: [f!], cells: [0], figure: () => 0 }),
  ).toThrow("Line 1: a thread that keeps 1 in a variable");
});
