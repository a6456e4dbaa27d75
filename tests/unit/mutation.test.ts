import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { excusesSchema } from "../../src/book/mutation.ts";
import { SLUGS } from "../../src/book/parts.ts";
import { judge } from "../../src/commands/mutate/excuses.ts";
import type { Mutant } from "../../src/commands/mutate/mutants.ts";

const excuses: unknown = JSON.parse(
  readFileSync("tests/mutation/excused.json", "utf8"),
);

test("each broken version that is excused has its reason", () => {
  expect(excusesSchema.safeParse(excuses).error?.message).toBeUndefined();
});

test("only what can be broken is excused", () => {
  for (const name of Object.keys(excuses as object)) {
    expect(SLUGS.includes(name) || existsSync(name), name).toBe(true);
  }
});

const WHY = "Nobody could see it, since it is small.";

test.each(["", "Nobody sees it", "nobody could see it, since it is small."])(
  "“%s” is no reason",
  (why) => {
    const excuse = { original: "a", replacement: "b", why };
    expect(excusesSchema.safeParse({ race: [excuse] }).success).toBe(false);
  },
);

test("an excuse is for one survivor, unless it says for how many", () => {
  const excuse = { original: "a", replacement: "b", why: WHY };
  expect(excusesSchema.parse({ race: [excuse] })["race"]![0]!.times).toBe(1);
  for (const times of [0, 1.5]) {
    const { success } = excusesSchema.safeParse({
      race: [{ ...excuse, times }],
    });
    expect(success).toBe(false);
  }
});

/** A broken version in this line, of which the text is `a` for `b`. */
const mutant = (line: number, isCaught = false): Mutant => ({
  file: "x.ts",
  line,
  original: "a",
  replacement: "b",
  isCaught,
  neverEnded: false,
});

const excuse = (times: number) => ({
  original: "a",
  replacement: "b",
  times,
  why: WHY,
});

test("what is caught needs no excuse, and what has another text has none", () => {
  const caught = mutant(1, true);
  const excused = mutant(2);
  const other = { ...mutant(3), original: "c" };
  const another = { ...mutant(4), replacement: "c" };
  expect(judge([caught, excused, other, another], [excuse(1)])).toEqual({
    caught: [caught],
    survivors: [other, another],
    excused: [excused],
    outdated: [],
  });
});

test("where more survive than an excuse is for, it excuses none and is outdated", () => {
  const mutants = [mutant(1), mutant(2), mutant(3)];
  expect(judge(mutants, [excuse(2)])).toEqual({
    caught: [],
    survivors: mutants,
    excused: [],
    outdated: [{ excuse: excuse(2), survivors: 3 }],
  });
});

test("where fewer survive, it excuses these and is outdated", () => {
  const mutants = [mutant(1, true), mutant(2)];
  expect(judge(mutants, [excuse(2)])).toMatchObject({
    survivors: [],
    excused: [mutants[1]],
    outdated: [{ excuse: excuse(2), survivors: 1 }],
  });
  expect(judge([], [excuse(1)]).outdated).toEqual([
    { excuse: excuse(1), survivors: 0 },
  ]);
});

test("as many survivors as it says are excused, and each once", () => {
  const mutants = [mutant(1), mutant(2)];
  expect(judge(mutants, [excuse(2), excuse(2)])).toEqual({
    caught: [],
    survivors: [],
    excused: mutants,
    outdated: [],
  });
});
