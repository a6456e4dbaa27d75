import { expect, test } from "vitest";
import { inversions, peak, pointsWithin } from "../../src/measure/shapes.ts";
import { fromZero } from "../../src/measure/from-zero.ts";
import { samplesOf, trackOf } from "../../src/measure/spans.ts";
import { toTrace } from "../../src/measure/trace-format.ts";

test("peak counts the most open spans", () => {
  expect(peak([])).toBe(0);
  expect(peak([{ start: 0, end: 2 }])).toBe(1);
  expect(
    peak([
      { start: 0, end: 10 },
      { start: 1, end: 3 },
      { start: 2, end: 4 },
      { start: 4, end: 9 },
    ]),
  ).toBe(3);
});

test("peak lets a span end before another starts, whatever their order", () => {
  const one = { start: 0, end: 2 };
  const other = { start: 2, end: 4 };
  expect(peak([one, other])).toBe(1);
  expect(peak([other, one])).toBe(1);
});

test("pointsWithin counts the edges", () => {
  const points = [{ at: 0 }, { at: 1 }, { at: 2 }, { at: 3 }];
  expect(pointsWithin(points, { start: 1, end: 2 })).toBe(2);
});

test.each([
  { actual: ["a", "b", "c"], expected: ["a", "b", "c"], count: 0 },
  { actual: ["b", "a", "c"], expected: ["a", "b", "c"], count: 1 },
  { actual: ["c", "b", "a"], expected: ["a", "b", "c"], count: 3 },
  { actual: ["a", "c"], expected: ["a", "b", "c"], count: 1 },
  { actual: ["a", "b", "x"], expected: ["a", "b"], count: 1 },
  { actual: ["a", "a", "b"], expected: ["a", "b"], count: 1 },
  { actual: [], expected: ["a"], count: 1 },
  { actual: ["x", "a", "b"], expected: ["a", "b"], count: 1 },
])("inversions of $actual against $expected: $count", (row) => {
  expect(inversions(row.actual, row.expected)).toBe(row.count);
});

test("trackOf reads Chrome's custom track, else the name", () => {
  const detail = { devtools: { track: "worker 1" } };
  expect(trackOf({ name: "job", detail })).toBe("worker 1");
  expect(trackOf({ name: "job", detail: null })).toBe("job");
  expect(trackOf({ name: "job" })).toBe("job");
});

test.each([undefined, 3, { track: 3 }])(
  "trackOf takes no track that is no text: %o",
  (devtools) => {
    expect(trackOf({ name: "job", detail: { devtools } })).toBe("job");
  },
);

test("samplesOf reads the list of figures, if there is one", () => {
  expect(samplesOf({ detail: { samples: [1, "2.5"] } })).toEqual([1, 2.5]);
  expect(samplesOf({ detail: { samples: 3 } })).toBeUndefined();
  expect(samplesOf({ detail: null })).toBeUndefined();
  expect(samplesOf({})).toBeUndefined();
});

const span = { name: "job", start: 12.5, end: 20 };

test("fromZero begins with whatever came first", () => {
  expect(fromZero({ spans: [span], points: [{ at: 10.5 }] })).toEqual({
    spans: [{ name: "job", start: 2, end: 9.5 }],
    points: [{ at: 0 }],
  });
  expect(fromZero({ spans: [span], points: [{ at: 13.5 }] })).toEqual({
    spans: [{ name: "job", start: 0, end: 7.5 }],
    points: [{ at: 1 }],
  });
});

test("toTrace gives each track a lane, and times in µs", () => {
  const trace = toTrace("examples/race.ts", {
    spans: [{ ...span, cpu: 3, idle: 2, turns: 1 }],
    points: [
      { name: "tick", at: 0.0015 },
      { name: "tock", track: "job", at: 3 },
    ],
  });
  const lane = (tid: number, name: string) => ({
    name: "thread_name",
    ph: "M",
    pid: 1,
    tid,
    args: { name },
  });
  expect(trace).toEqual({
    displayTimeUnit: "ms",
    traceEvents: [
      {
        name: "process_name",
        ph: "M",
        pid: 1,
        tid: 0,
        args: { name: "examples/race.ts" },
      },
      lane(1, "job"),
      lane(2, "tick"),
      {
        name: "job",
        ph: "X",
        ts: 12_500,
        dur: 7500,
        pid: 1,
        tid: 1,
        args: { cpu: 3, idle: 2, turns: 1 },
      },
      { name: "tick", ph: "i", ts: 2, pid: 1, tid: 2, s: "t" },
      { name: "tock", ph: "i", ts: 3000, pid: 1, tid: 1, s: "t" },
    ],
  });
});
