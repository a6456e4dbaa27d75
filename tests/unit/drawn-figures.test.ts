/** What the drawings of a note say, figure for figure, in words. */
import { describe, expect, test } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import type { Drawn } from "../../src/build/drawings.ts";
import {
  latenciesIn,
  shortestWrongIn,
  throughputsIn,
} from "../../src/build/drawings.ts";
import type { Orders } from "../../src/build/order-words.ts";
import { orderWords } from "../../src/build/order-words.ts";
import { columnsOf } from "../../src/draw/histogram.ts";

// Of its own, since `--code` loads this file for every broken version.
const EVIDENCE: Evidence = {
  hash: { example: "", test: "", measuring: "" },
  recorded: { date: "2026-01-01", runtime: "", os: "", cpu: "", cores: 1 },
  output: ["done"],
  spans: [{ name: "job", start: 0, end: 1 }],
  points: [],
  claims: {},
  inEveryOrder: {},
};

const shout = (english: string) => english.toUpperCase();

const drawn = (of: string, evidence: Partial<Evidence>): Drawn => ({
  of,
  slug: "mutex",
  evidence: { ...EVIDENCE, ...evidence },
  language: "en",
  translate: shout,
});

describe("latencies", () => {
  // From 1 ms to 199 ms and one that took 1,000, in no order.
  const samples = [1000, ...Array.from({ length: 199 }, (_, n) => 199 - n)];
  const spans = [
    { name: "else", start: 0, end: 1, samples: [7] },
    { name: "calls", start: 0, end: 1, samples },
  ];
  const ofCalls = () => latenciesIn(drawn("calls", { spans }));

  test("are marked at their percentiles and their mean", () => {
    // Of 200 figures the 100th and the 198th; they add up to 20,900.
    expect(ofCalls().marks).toEqual([
      { at: 100, text: "p50 100 ms" },
      { at: 104.5, text: "mean 105 ms" },
      { at: 198, text: "p99 198 ms" },
    ]);
  });

  test("are those of the span that is named, in columns of 50 ms", () => {
    const drawn = ofCalls().samples;
    expect(drawn).toEqual(samples);
    const columns = columnsOf(drawn).filter(({ count }) => count > 0);
    expect(columns).toEqual([
      { from: 0, to: 50, count: 49 },
      { from: 50, to: 100, count: 50 },
      { from: 100, to: 150, count: 50 },
      { from: 150, to: 200, count: 50 },
      { from: 1000, to: 1050, count: 1 },
    ]);
  });

  test("are told in words", () => {
    const { title, said } = ofCalls();
    expect(title).toBe("CALLS: the latencies of 200 calls");
    expect(said).toBe(
      "CALLS: the latencies of 200 calls: p50 100 ms, mean 105 ms, p99 198 ms",
    );
  });

  test("of few calls, every percentile is one of them", () => {
    const spans = [{ name: "calls", start: 0, end: 1, samples: [9, 2, 4] }];
    const { marks } = latenciesIn(drawn("calls", { spans }));
    expect(marks.map(({ at }) => at)).toEqual([4, 5, 9]);
  });

  test("of a span that has none are refused, with what to do", () => {
    for (const name of ["none", "job"]) {
      expect(() => latenciesIn(drawn(name, {}))).toThrow(
        `src/content/evidence/mutex.json has no span “${name}” with samples: measure it in examples/mutex.ts with detail: { samples }, and record it: npm run record mutex`,
      );
    }
  });
});

test("throughputs are told of each track that is named, in its order", () => {
  const spans = [
    // 2 calls in 200 ms, the longer of them 150.4 ms.
    { name: "many", start: 0, end: 100 },
    { name: "many", start: 49.6, end: 200 },
    // 3 calls in 900 ms.
    { name: "one", start: 0, end: 300 },
    { name: "one", start: 300, end: 600 },
    { name: "one", start: 600, end: 900 },
  ];
  const { loads, title, said } = throughputsIn(drawn("one; many", { spans }));
  expect(loads.map(({ name, said }) => [name, said])).toEqual([
    ["ONE", "3 a second, up to 300 ms"],
    ["MANY", "10 a second, up to 150 ms"],
  ]);
  expect(loads[0]).toMatchObject({ longest: 300 });
  expect(loads[0]!.perSecond).toBeCloseTo(10 / 3, 5);
  expect(loads[1]!.longest).toBeCloseTo(150.4, 5);
  expect(said).toBe(
    `${title}: ONE: 3 a second, up to 300 ms; MANY: 10 a second, up to 150 ms`,
  );
  expect(title).toMatch(/^Answers a second .* of the recorded run$/);
});

/** Two threads that may lose one of two additions. */
const ORDERS: Orders = {
  of: "threads",
  count: 2,
  orders: "6",
  outcomes: [
    { figure: 2, orders: "2", holds: true },
    { figure: 1, orders: "4", holds: false },
  ],
  witness: [
    { who: 1, kind: "read", cell: 0, value: 0 },
    { who: 2, kind: "write", cell: 3, value: 1 },
  ],
  places: [],
};

describe("the shortest order that goes wrong", () => {
  const shortestOf = (orders: Partial<Orders>, of = "sum") => {
    const inEveryOrder: Evidence["inEveryOrder"] = {
      sum: {
        figure: "balance",
        unit: "",
        bound: { is: "=", value: 2 },
        subject: { ...ORDERS, ...orders },
        controls: {},
      },
    };
    return shortestWrongIn(drawn(of, { inEveryOrder }));
  };

  test("is told with what it comes to, step by step", () => {
    expect(shortestOf({})).toEqual({
      title: "An order that goes wrong (BALANCE: 1)",
      steps: ["thread 1 reads 0 from cell 0", "thread 2 writes 1 to cell 3"],
    });
  });

  test("may get stuck, and has no figure then", () => {
    const outcomes = [
      { figure: 2, orders: "2", holds: true },
      { figure: null, end: "stuck", orders: "4", holds: false },
    ];
    expect(shortestOf({ outcomes }).title).toBe(
      "An order that gets stuck for good",
    );
  });

  test("is the only one there is where every outcome holds", () => {
    const outcomes = [{ figure: 2, orders: "6", holds: true }];
    expect(shortestOf({ outcomes }).title).toBe(
      "An order that goes wrong (BALANCE: 2)",
    );
  });

  test("is none where none goes wrong", () => {
    expect(shortestOf({ witness: undefined })).toEqual({
      title: "No order goes wrong.",
      steps: [],
    });
  });

  test("is asked of a claim with places only", () => {
    expect(() => shortestOf({ places: undefined })).toThrow("record mutex");
    expect(() => shortestOf({}, "product")).toThrow("record mutex");
  });
});

describe("orders in words", () => {
  const tell = () => orderWords("en", "%");
  const tasks = { ...ORDERS, of: "tasks" } as const;
  const endless = { ...ORDERS, orders: null };

  test("are counted, however many there are, or endless", () => {
    expect(tell().count("137846528820123456789")).toBe(
      "137,846,528,820,123,456,789",
    );
    expect(tell().count(null)).toBe("no end of them");
    expect(tell().all({ ...ORDERS, orders: "1336" })).toBe(
      "in all 1,336 orders",
    );
    expect(tell().all(endless)).toBe("in every order; there is no end of them");
  });

  test("tell in how many of them a control fails", () => {
    const outcomes = [
      { figure: 0, orders: "1000", holds: false },
      { figure: 1, orders: "4", holds: false },
      { figure: 2, orders: "2", holds: true },
    ];
    expect(tell().fails({ ...ORDERS, outcomes, orders: "1006" })).toBe(
      "in 1,004 of 1,006 orders",
    );
    expect(tell().fails({ ...endless, outcomes })).toBe("in some orders");
  });

  test("tell of how many tasks or threads they are, and how late one may be", () => {
    expect(tell().scope(ORDERS)).toBe(
      "2 threads; any may go on at each access of shared memory",
    );
    expect(tell().scope(tasks)).toBe(
      "2 tasks; any wait may take any length of time",
    );
    expect(tell().scope({ ...tasks, lateness: 5 })).toBe(
      "2 tasks; a wait may be up to 5 ms late",
    );
  });

  test("tell who does a step, and whose timer it is", () => {
    expect(tell().who({ who: 2 }, ORDERS)).toBe("thread 2");
    expect(tell().who({ who: 2 }, tasks)).toBe("task 2");
    expect(tell().who({ who: 3 }, tasks)).toBe("timer of task 1");
  });

  test("end with a figure, or with why there is none", () => {
    const end = (figure: number | null, end?: string) =>
      tell().end({ figure, end, orders: "1", holds: false });
    expect(end(12)).toBe("12%");
    expect(end(null, "stuck")).toBe("stuck for good");
    expect(end(null, "endless")).toBe("never ends");
    expect(end(null, "Error: no money")).toBe("Error: no money");
    expect(end(null)).toBe("");
  });

  test("tell what a step does, and what came with it", () => {
    const does = (step: Parameters<ReturnType<typeof tell>["does"]>[0]) =>
      tell().does(step, ORDERS, shout);
    expect(does({ who: 1, kind: "goes on" })).toBe("goes on");
    expect(does({ who: 1, kind: "read", value: 4 })).toBe("reads 4");
    expect(does({ who: 1, kind: "write" })).toBe("writes 0");
    expect(does({ who: 1, kind: "rings" })).toBe("RINGS");
    expect(does({ who: 1, kind: "read", cell: 2, value: 4 })).toBe(
      "reads 4 from cell 2",
    );
    expect(does({ who: 1, kind: "write", cell: 0, value: 4 })).toBe(
      "writes 4 to cell 0",
    );
    expect(does({ who: 1, kind: "add", cell: 0, value: 4 })).toBe(
      "Atomics.add on cell 0",
    );
    // The same one goes on after a comma, another after a semicolon.
    expect(
      does({
        who: 1,
        kind: "write",
        value: 1,
        also: [
          { who: 1, kind: "rings" },
          { who: 2, kind: "read", value: 1 },
          { who: 2, kind: "goes on" },
        ],
      }),
    ).toBe("writes 1, RINGS; thread 2 reads 1, goes on");
  });
});
