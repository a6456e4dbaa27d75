import { expect, test } from "vitest";
import { columnsOf, histogramSvg } from "../../src/draw/histogram.ts";
import { distributionSvg } from "../../src/draw/distribution.ts";
import { loadOf } from "../../src/measure/throughput.ts";

test("columns are equally wide, begin at 0, and count every figure", () => {
  const columns = columnsOf([13, 14, 15, 100, 151]);
  expect(columns[0]).toEqual({ from: 0, to: 10, count: 0 });
  expect(columns[1]).toEqual({ from: 10, to: 20, count: 3 });
  expect(columns.at(-1)).toEqual({ from: 150, to: 160, count: 1 });
  expect(columns.length).toBeLessThanOrEqual(20);
  expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(5);
});

test("a figure on the edge of two columns is counted once", () => {
  const columns = columnsOf([10, 20, 200]);
  expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(columns[1]).toMatchObject({ from: 10, count: 1 });
});

test("figures that are all 0 have one column", () => {
  expect(columnsOf([0, 0, 0])).toEqual([{ from: 0, to: 1, count: 3 }]);
});

test("columns from a few µs to seconds stay few", () => {
  for (const last of [0.004, 0.9, 7, 19.99, 20, 201, 9999]) {
    const columns = columnsOf([last / 3, last]);
    expect(columns.length).toBeLessThanOrEqual(21);
    expect(columns.at(-1)!.count).toBe(1);
  }
});

test("a histogram draws what came, as high as it came often, and its marks", () => {
  const columns = columnsOf([11, 12, 13, 14, 151]);
  const svg = histogramSvg(columns, [{ text: "p99 <", at: 151 }], "words");
  const heights = [...svg.matchAll(/<rect[^>]* height="(\d+)"/g)];
  expect(heights.map(([, height]) => Number(height))).toEqual([72, 18]);
  expect(svg).toContain("p99 &lt;");
  expect(svg).toContain('aria-label="words"');
});

const span = (name: string, start: number, end: number) => ({
  name,
  start,
  end,
});

test("throughput counts from the first call to the last answer", () => {
  const spans = [
    span("two callers", 0, 100),
    span("two callers", 50, 200),
    span("else", 0, 1000),
  ];
  expect(loadOf(spans, "two callers")).toEqual({ perSecond: 10, longest: 150 });
});

test("a call that waited took its wait and its service", () => {
  const spans = [
    span("x", 0, 25),
    span("x, waiting", 10, 25.3),
    span("x, waiting", 0.1, 25.2),
    span("x", 25.2, 60),
    span("x", 25.3, 51),
  ];
  const { perSecond, longest } = loadOf(spans, "x");
  expect(perSecond).toBeCloseTo(3000 / 60, 5);
  expect(longest).toBeCloseTo(60 - 0.1, 5);
});

test("a track without spans is refused", () => {
  expect(() => loadOf([], "x")).toThrow("No span is of “x”.");
});

test("a distribution draws a band where other runs were, and finds room for it", () => {
  const row = { label: "subject", figures: [10, 20], isSubject: true };
  const band = (spread?: [number, number]) => {
    const svg = distributionSvg([{ ...row, spread }], 10, String, "words");
    const ends = /class="spread" x1="([\d.]+)%" x2="([\d.]+)%"/.exec(svg);
    return ends?.slice(1).map(Number);
  };
  expect(band()).toBeUndefined();
  // A margin of 2 % on both sides.
  expect(band([10, 20])).toEqual([2, 98]);
  expect(band([15, 15])).toEqual([50, 50]);
  expect(band([20, 30])).toEqual([50, 98]);
});
