import { describe, expect, test } from "vitest";
import { showBound, showFigure } from "../../src/draw/figure.ts";
import {
  atLeast,
  atMost,
  exactly,
  holds,
  lessThan,
  moreThan,
} from "../../src/measure/bound.ts";
import { median, summarise } from "../../src/measure/statistics.ts";

describe("a bound", () => {
  test.each([
    [exactly, "=", [false, true, false]],
    [atLeast, "≥", [false, true, true]],
    [atMost, "≤", [true, true, false]],
    [moreThan, ">", [false, false, true]],
    [lessThan, "<", [true, false, false]],
  ] as const)("%o holds below, at and above its value", (of, is, expected) => {
    expect(of(5)).toEqual({ is, value: 5 });
    expect([4.99, 5, 5.01].map((figure) => holds(of(5), figure))).toEqual(
      expected,
    );
    expect(holds(of(5), NaN)).toBe(false);
  });
});

describe("statistics", () => {
  test("the median is the middle by size, and of two middles the mean", () => {
    expect(median([100, 1, 20])).toBe(20);
    expect(median([9, 1, 100, 20])).toBe(14.5);
    expect(median([7])).toBe(7);
  });

  test("the middle is by size, not by the first digit", () => {
    expect(median([9, 100, 20, 30, 8])).toBe(20);
  });

  test("the values stay in their order", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("a summary has how many, the least, the middle and the greatest", () => {
    expect(summarise([5, 1, 3, 40])).toEqual({
      runs: 4,
      min: 1,
      median: 4,
      max: 40,
    });
  });
});

describe("a figure", () => {
  test.each([
    [0, "", "0"],
    [3, "", "3"],
    [0.123456, "", "0.123"],
    [99.95, "", "100"],
    [99.94, "", "99.9"],
    [100.4, "", "100"],
    [-100.4, "", "-100"],
    [1234.5, "", "1,235"],
    [0.25, "ms", "0.25 ms"],
    [0.1, "", "0.1"],
    [0.0961, "", "0.1"],
    [-0.0298, "ms", "-0.03 ms"],
    [0.000428, "×", "0.0004×"],
    [98.76, "%", "98.8%"],
    [1.306, "×", "1.31×"],
  ] as const)("%d with the unit “%s” is “%s”", (value, unit, shown) => {
    expect(showFigure(value, unit, "en")).toBe(shown);
    expect(showFigure(value, unit, "ko")).toBe(shown);
    // The second time with a format that is kept.
    expect(showFigure(value, unit, "en")).toBe(shown);
  });

  test("a bound has its sign before its figure", () => {
    expect(showBound(atLeast(10), "×", "en")).toBe("≥ 10×");
    expect(showBound(lessThan(0.5), "ms", "ko")).toBe("< 0.5 ms");
  });
});
