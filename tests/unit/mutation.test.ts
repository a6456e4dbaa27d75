import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { excusesSchema } from "../../src/book/mutation.ts";
import { SLUGS } from "../../src/book/parts.ts";

const excuses: unknown = JSON.parse(
  readFileSync("tests/mutation/excused.json", "utf8"),
);

test("each broken version that is excused has its reason", () => {
  expect(excusesSchema.safeParse(excuses).error?.message).toBeUndefined();
});

test("only what can be broken is excused", () => {
  const known = [...SLUGS, "code"];
  for (const name of Object.keys(excuses as object)) {
    expect(known).toContain(name);
  }
});

test.each(["", "Nobody sees it", "nobody could see it, since it is small."])(
  "“%s” is no reason",
  (why) => {
    const excuse = { original: "a", replacement: "b", why };
    expect(excusesSchema.safeParse({ race: [excuse] }).success).toBe(false);
  },
);
