import { expect, test } from "vitest";
import { around } from "../../src/book/parts.ts";

test.each([
  ["at the beginning", 0, ["a", "b", "c"]],
  ["near the beginning", 1, ["a", "b", "c"]],
  ["in the middle", 3, ["c", "d", "e"]],
  ["at the end", 5, ["d", "e", "f"]],
])("three of six, %s", (_, middle, expected) => {
  expect(around([..."abcdef"], middle, 3)).toEqual(expected);
});

test.each([0, 1, 2])("all of a few, around %i", (middle) => {
  expect(around([..."abc"], middle, 5)).toEqual([..."abc"]);
});
