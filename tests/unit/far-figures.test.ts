import { expect, test } from "vitest";
import type { ClaimEvidence } from "../../src/book/evidence.ts";
import { farFigures } from "../../src/book/far-figures.ts";

function claimOf(subject: number[], control: number[]): ClaimEvidence {
  return {
    figure: "turns",
    unit: "",
    bound: { is: "≥", value: 1 },
    subject,
    controls: { none: { leavesOut: "the wait", figures: control } },
  };
}

const recorded = claimOf([8, 10], [0, 0]);

test.each([
  ["the same", [9], [0]],
  ["twice the most", [20], [0]],
  ["half of the least", [4], [0]],
  ["one of several runs", [90, 91, 9], [0, 3]],
])("%s is near", (_, subject, control) => {
  expect(farFigures(recorded, claimOf(subject, control))).toEqual([]);
});

test.each([
  [
    "more than twice the most",
    [21],
    [0],
    "subject (turns): recorded 8 to 10, here 21",
  ],
  ["less than half of the least", [3.9], [0], "here 3.9"],
  [
    "anything where nothing but 0 was recorded",
    [9],
    [1, 2],
    "control none (turns): recorded 0 to 0, here 1, 2",
  ],
  ["a control that is not there", [9], [], "control none (turns)"],
])("%s is far, in every run", (_, subject, control, said) => {
  const far = farFigures(recorded, claimOf(subject, control));
  expect(far).toHaveLength(1);
  expect(far[0]).toContain(said);
});

test("below nothing is as far as above", () => {
  const below = claimOf([-10, -4], [0]);
  expect(farFigures(below, claimOf([-20], [0]))).toEqual([]);
  expect(farFigures(below, claimOf([-2], [0]))).toEqual([]);
  expect(farFigures(below, claimOf([-21], [0]))).toHaveLength(1);
  expect(farFigures(below, claimOf([-1], [0]))).toHaveLength(1);
});
