import { expect, test } from "vitest";
import { upperBound } from "../../src/measure/upper-bound.ts";

// Values from the closed form for no failure, and from tables of the
// Clopper-Pearson interval for others.
test.each([
  [0, 1, 0.95],
  [0, 50, 0.0582],
  [0, 200, 0.0149],
  [1, 10, 0.3942],
  [2, 10, 0.5069],
  [3, 20, 0.3437],
  [5, 5, 1],
])("%i failures in %i runs bound the rate by %d", (failures, runs, bound) => {
  expect(upperBound(failures, runs)).toBeCloseTo(bound, 4);
});
