import { expect, test } from "vitest";
import { inversions, peak, pointsWithin } from "../../src/measure/shapes.ts";
import { trackOf } from "../../src/measure/spans.ts";

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
])("inversions of $actual against $expected: $count", (row) => {
  expect(inversions(row.actual, row.expected)).toBe(row.count);
});

test("trackOf reads Chrome's custom track, else the name", () => {
  const detail = { devtools: { track: "worker 1" } };
  expect(trackOf({ name: "job", detail })).toBe("worker 1");
  expect(trackOf({ name: "job", detail: null })).toBe("job");
  expect(trackOf({ name: "job" })).toBe("job");
});
