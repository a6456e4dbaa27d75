import { readFileSync } from "node:fs";
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
/** Takes one of what is left, and does not look again when it was too late. */
export function insist(cells: Int32Array): boolean {
  const left = Atomics.load(cells, 0);
  if (left <= 0) return false;
  while (Atomics.compareExchange(cells, 0, left, left - 1) !== left);
  return true;
}
export function addAtomicOnce(cells: Int32Array): void {
  Atomics.add(cells, 0, 1);
}
export function keep(cells: Int32Array, value: number): void {
  const kept = cells[0]! * value;
  cells[0] = 0;
  cells[1] = kept;
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

test("says when it has not seen all states", () => {
  const within = (limit: number) =>
    exploreThreads({
      threads: [1, 2].map(() => (cells) => code["addPlain"]!(cells, 2)),
      cells: [0],
      figure: (cells) => cells[0]!,
      limit,
    });
  expect(within(57).isComplete).toBe(true);
  const { isComplete, states } = within(20);
  expect(isComplete).toBe(false);
  expect(states.length).toBeLessThan(25);
});

test("a state knows what is in memory", () => {
  const { states } = explore(["addPlain", 1], ["addPlain", 1]);
  expect(states[0]!.cells).toEqual([0, 0, 0, 0]);
  const ends = states.filter(({ figure }) => figure !== undefined);
  expect(ends.map(({ cells }) => cells[0])).toEqual([2, 1]);
});

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
  expect(told(same)).toEqual({ 2: null });
  expect(told(opposite)).toEqual({ 2: null, endless: null });
  expect(opposite.outcomes[1]!.witness.map(({ who }) => who)).toEqual([1, 2]);
});

test("who asks for ever for what is gone never ends, and is told of", () => {
  const file = "examples/atomics.ts";
  const { takeOne } = threadFunctions(readFileSync(file, "utf8"), file);
  const take = (way: typeof takeOne, stock: number) =>
    exploreThreads({
      threads: [way!, way!],
      cells: [stock],
      figure: (_, answers) => answers.filter((got) => got === true).length,
    });
  expect(told(take(takeOne, 1))).toEqual({ 1: 6n });
  expect(told(take(takeOne, 2))).toEqual({ 2: 6n });
  const { orders, outcomes, lost } = take(code["insist"], 1);
  expect(orders).toBeNull();
  expect(outcomes.map(({ figure, end }) => end ?? figure)).toEqual([
    1,
    "endless",
  ]);
  const [, endless] = outcomes;
  expect(endless!.figure).toBeNaN();
  expect(endless!.witness.map(({ who }) => who)).toEqual([1, 2, 1]);
  expect(lost.length).toBeGreaterThan(0);
});

test("who steps back for one another can do so for ever", () => {
  const source = `
export function polite(cells: Int32Array): boolean {
  while (true) {
    Atomics.add(cells, 0, 100);
    const seen = Atomics.load(cells, 0);
    if (seen < 200) {
      Atomics.sub(cells, 0, seen > 100 ? 101 : 100);
      return seen > 100;
    }
    Atomics.sub(cells, 0, 100);
  }
}`;
  const { polite } = threadFunctions(source, "f.ts");
  const graph = exploreThreads({
    threads: [polite!, polite!],
    cells: [1],
    figure: (_, answers) => answers.filter((got) => got === true).length,
  });
  expect(told(graph)).toEqual({ 1: null, endless: null });
  expect(graph.lost).toEqual([]);
});

test("keeps apart states that differ in NaN and Infinity only", () => {
  const graph = exploreThreads({
    threads: [(cells) => code["keep"]!(cells, 1 / 0), code["addAtomicOnce"]!],
    cells: [0, 5],
    figure: (cells) => cells[1]!,
  });
  expect(graph.states.length).toBe(12);
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
  ["a method that gets it", "console.log(cells);", "uses “console.log(cells)”"],
  ["its memory", "cells.buffer;", "uses “cells.buffer”"],
  ["chance", "cells[0] = Math.random();", "uses “Math.random()”"],
  ["the clock", "cells[0] = new Date() as never;", "uses “new Date()”"],
  ["its own list of arguments", "arguments;", "uses “arguments”"],
  ["all that is global", "globalThis;", "uses “globalThis”"],
  ["what it was called on", "this;", "uses “this”"],
  ["code in a text", 'eval("cells[0]");', 'uses “eval("cells[0]")”'],
  ["a variable of the file", "cells[0] = shared;", "uses “shared”"],
  ["a property of a function", "f.calls = 1;", "uses “f.calls”"],
  ["an argument that reaches out", "f(cells, shared);", "uses “shared”"],
  ["a list", "const list = [1]; cells[0] = 1;", "uses “[1]”"],
  ["an object", "cells[0] = { a: 1 }.a;", "uses “{ a: 1 }.a”"],
  ["a var", "var n = 1; cells[0] = n;", "write `let`"],
  ["a name twice", "let n = 1; { let n = 2; cells[0] = n; }", "a second “n”"],
  ["another thing of its name", "{ const cells = 1; }", "a second “cells”"],
  ["a try", "try { cells[0] = 1; } finally { cells[0]; }", "a `try`"],
  ["a switch", "switch (cells[0]) { case 1: }", "a `switch`"],
  ["type arguments", "const n = cells[0]!<any>;", "uses “cells[0]!<any>”"],
  [
    "a value from before a change",
    "let n = 1; n = n++ + cells[0]!;",
    "a variable changes inside",
  ],
  [
    "one between the two",
    "let n = 1; n = n + ((n = cells[0]!) && cells[1]!);",
    "a variable changes inside",
  ],
  ["a function that gets it", "show(cells);", "takes no Int32Array"],
  ["another name for it", "const same = cells;", "handed on"],
  ["a loop over it", "for (const cell of cells) cell;", "a loop over a list"],
  ["a function inside", "const f = () => cells[0];", "a function inside of it"],
  ["a wait with a limit", "Atomics.wait(cells, 0, 0, 5);", "a limit of time"],
  ["another operation", "Atomics.waitAsync(cells, 0, 0);", "Atomics.waitAsync"],
  ["a pattern", "const { n } = { n: 1 }; cells[0] = n;", "a pattern"],
  ["a logical assignment", "cells[0] ||= 1;", "“||=” on shared memory"],
])("refuses %s, with its line", (_, body, why) => {
  const source = `export function f(cells: Int32Array): void {\n  ${body}\n}\nlet shared = 1;`;
  const refused = () => threadFunctions(source, "f.ts");
  expect(refused).toThrow(/^f\.ts:2: f cannot be explored in every order: /);
  expect(refused).toThrow(why);
});

test("refuses an async function, and a variable that is no plain value", () => {
  const waits = "export async function f(cells: Int32Array) { cells[0]; }";
  expect(() => threadFunctions(waits, "f.ts")).toThrow("only plain functions");
  const source =
    "export function f(cells: Int32Array, a: number) { cells[0] = a; }";
  const { f } = threadFunctions(source, "f.ts");
  const given = (cells: Int32Array) => f!(cells, [1] as never);
  expect(() =>
    exploreThreads({ threads: [given], cells: [0], figure: () => 0 }),
  ).toThrow("Line 1: a thread that keeps 1 in a variable");
});

test.each(["by = cells.length", "...by: number[]", "{ by }: { by: number }"])(
  "refuses the parameter %s",
  (parameter) => {
    const source = `export function f(cells: Int32Array, ${parameter}) { cells[0] = 1; }`;
    expect(() => threadFunctions(source, "f.ts")).toThrow(
      "f.ts:1: f cannot be explored in every order: a parameter is more than a name.",
    );
  },
);

/** The cells after one thread alone, which runs this. */
const after = (body: string, cells: number[]) => {
  const source = `export function f(cells: Int32Array): void {\n${body}\n}`;
  const { f } = threadFunctions(source, "f.ts");
  let left: number[] = [];
  const figure = (memory: Int32Array) => (left = [...memory]).length;
  const { outcomes } = exploreThreads({ threads: [f!], cells, figure });
  return outcomes[0]!.end ?? left;
};

test.each([
  ['cells["buffer" as never];', "buffer"],
  ["cells[1] = 1;", "1"],
  ["Atomics.wait(cells, -1, 0);", "-1"],
  ["cells[0.5];", "0.5"],
])("refuses what is no cell: %s", (body, cell) => {
  expect(() => after(body, [0])).toThrow(`Line 2: there is no cell ${cell}.`);
});

test.each([
  ["a comma in an index", "cells[1, 0] = 7;", [7, 0]],
  ["and where it is read", "const n = cells[0, 1]!; cells[0] = n + 1;", [1, 0]],
  ["and where it is counted", "cells[1, 0]!++;", [1, 0]],
  ["a shift", "cells[0] = 1; cells[0]! <<= 3;", [8, 0]],
  ["a cell with a type", "(cells[0] as number)++;", [1, 0]],
  ["lines without semicolons", "let n = 5\ncells[0] = n", [5, 0]],
  [
    "a loop over letters, and then an access",
    'let n = 0; for (const c of "ab") { n++; } cells[0] = n;',
    [2, 0],
  ],
  ["a comparison of whole numbers", "Atomics.wait(cells, 0, 0.5);", "stuck"],
])("runs %s as JavaScript does", (_, body, expected) => {
  expect(after(body, [0, 0])).toEqual(expected);
});

test("a negative number of sleepers wakes none", () => {
  const source = `
export function sleep(cells: Int32Array): void { Atomics.wait(cells, 0, 0); }
export function wake(cells: Int32Array): void { Atomics.notify(cells, 0, -1); }
`;
  const { sleep, wake } = threadFunctions(source, "f.ts");
  const threads = [sleep!, sleep!, wake!];
  expect(
    told(exploreThreads({ threads, cells: [0], figure: () => 0 })),
  ).toEqual({ stuck: 6n });
});

test.each([
  ["Atomics", "const Atomics = { load: () => 3 };"],
  ["a value", "import { NaN } from 'x';"],
  ["a helper", "const $1 = 7;"],
  ["a parameter like a helper", "function g($1: number) {}"],
  ["a list of exports", "export { g as f };"],
])("refuses a file in which %s means something else", (_, statement) => {
  const source = `export function f(cells: Int32Array) { cells[0] = 1; }\n${statement}`;
  expect(() => threadFunctions(source, "f.ts")).toThrow(
    /^f\.ts:2: a file whose threads are explored cannot have “.+”/,
  );
});

test("knows constants, types, lengths, and what it was given", () => {
  const source = `
const STEP = 2;
const NONE = -1;
const IS_NEW = true;
export function f(cells: Int32Array, by: number): number {
  const last: number = cells.length - 1;
  if (by === undefined || by === NONE || !IS_NEW) return NaN;
  cells[last] = (STEP as number) * by;
  return cells[last]!;
}`;
  const { f } = threadFunctions(source, "f.ts");
  const { outcomes } = exploreThreads({
    threads: [(cells) => f!(cells, 3)],
    cells: [0, 0],
    figure: (cells, [answer]) => 10 * cells[1]! + Number(answer),
  });
  expect(outcomes.map(({ figure }) => figure)).toEqual([66]);
});
