import { describe, expect, test } from "vitest";
import {
  claimSources,
  functionNames,
  functionSource,
  needsIn,
} from "../../src/book/source.ts";

const EXAMPLE = `const A = 1;

/** Waits. */
export function wait(): void {
  spin();
}

async function spin() {}
`;

describe("functionSource", () => {
  test("gives a function with its comment", () => {
    expect(functionSource(EXAMPLE, "wait", "examples/x.ts")).toBe(
      "/** Waits. */\nexport function wait(): void {\n  spin();\n}",
    );
  });
  test("names the functions that there are", () => {
    expect(functionNames(EXAMPLE, "examples/x.ts")).toEqual(["wait", "spin"]);
    expect(() => functionSource(EXAMPLE, "wiat", "examples/x.ts")).toThrow(
      "examples/x.ts has no function “wiat”. It has: wait, spin.",
    );
  });
});

test("claimSources gives each claim of a test with its comment", () => {
  const source = `import { claim } from "#claim";

// Why it holds.
claim("one", { unit: "" });
test("claim", () => {});
claim("two", {});
`;
  expect([...claimSources(source, "x.test.ts")]).toEqual([
    ["one", '// Why it holds.\nclaim("one", { unit: "" });'],
    ["two", 'claim("two", {});'],
  ]);
});

test("needsIn gives what a claim needs, and nothing else that is listed", () => {
  const claim = `claim("one", {
  subject: () => most(["a", "b"]),
  needs: ["two cores", "files"],
  tries: 5,
});`;
  expect(needsIn(claim)).toEqual(["two cores", "files"]);
  expect(needsIn('claim("two", { unit: "" });')).toEqual([]);
});
