import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  codeHash,
  hashesOf,
  measuringHashAt,
  namesOfInstruments,
} from "../../src/book/code-hash.ts";

const folder = mkdtempSync(join(tmpdir(), "code-hash-"));
afterAll(() => rmSync(folder, { recursive: true }));

function hash(main: string, peak = "export const peak = 1;", at = "lib") {
  mkdirSync(join(folder, at), { recursive: true });
  writeFileSync(join(folder, at, "peak.ts"), peak);
  writeFileSync(join(folder, "main.ts"), main.replaceAll("LIB", `./${at}`));
  return codeHash(join(folder, "main.ts"));
}

const MAIN = 'import { peak } from "LIB/peak.ts";\nconsole.log(peak);\n';

test.each([
  ["a comment", `// why\n${MAIN}`],
  ["layout", MAIN.replace("\n", "\n\n")],
  ["an import of a type", `import type { T } from "LIB/peak.ts";\n${MAIN}`],
])("%s is no change", (_, main) => {
  expect(hash(main)).toBe(hash(MAIN));
});

test("that a file moved is no change", () => {
  expect(hash(MAIN, undefined, "other/place")).toBe(hash(MAIN));
});

test("what it imports is a part of it", () => {
  expect(hash(MAIN, "export const peak = 3;")).not.toBe(hash(MAIN));
  expect(hash(MAIN, "export const peak = 1; // one")).toBe(hash(MAIN));
});

test("an import does not count where it is to be left out", () => {
  const main = join(folder, "main.ts");
  const without = [join(folder, "lib", "peak.ts")];
  hash(MAIN);
  const before = codeHash(main, { without });
  hash(MAIN, "export const peak = 3;");
  expect(codeHash(main, { without })).toBe(before);
});

describe("of a file that passes on what others have", () => {
  const of = (all: string, ...wanted: string[]) => {
    hash(MAIN);
    const files = {
      "all.ts": all,
      "bound.ts": "export const bound = 1;",
      "spans.ts": "export const span = 2;\nexport const point = 3;",
      "rest.ts": 'export { point } from "./spans.ts";',
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text);
    }
    return codeHash(join(folder, "all.ts"), { wanted: new Set(wanted) });
  };
  const BOUND = 'export { bound } from "./bound.ts";\n';
  const SPANS = 'export { span, point } from "./spans.ts";\n';

  test("only what is wanted counts", () => {
    const before = of(BOUND, "bound");
    expect(of(BOUND + SPANS, "bound")).toBe(before);
    expect(of(BOUND + SPANS, "bound", "span")).not.toBe(before);
    expect(of(BOUND + 'export * from "./rest.ts";', "point")).not.toBe(
      of('export * from "./rest.ts";', "bound"),
    );
  });

  test("a name more or less that is not wanted does not", () => {
    const one = 'export { span } from "./spans.ts";\n';
    expect(of(SPANS, "span")).toBe(of(one, "span"));
    expect(of(SPANS, "span")).not.toBe(of(SPANS, "span", "point"));
  });

  test("another name is followed to where it comes from", () => {
    const renamed = 'export { span as stretch } from "./spans.ts";';
    expect(of(renamed, "stretch")).not.toBe(of(renamed, "span"));
  });

  test("an import takes what it names", () => {
    const all = (more: string) => {
      of(BOUND + more);
      return hash('import { bound } from "./all.ts";\nconsole.log(bound);');
    };
    expect(all(SPANS)).toBe(all(""));
    const whole = (more: string) => {
      of(BOUND + more);
      return hash('import * as all from "./all.ts";\nconsole.log(all);');
    };
    expect(whole(SPANS)).not.toBe(whole(""));
  });
});

test.each([
  ['import { claim, peak as most } from "#claim";', ["claim", "peak"]],
  [
    'import type { Span } from "#claim";\nimport { claim } from "#claim";',
    ["claim"],
  ],
  ['import * as all from "#claim";', undefined],
])("of %s it knows what is used", (source, names) => {
  writeFileSync(join(folder, "claims.ts"), source);
  const known = namesOfInstruments(join(folder, "claims.ts"));
  expect(known && [...known]).toEqual(names);
});

test("what a note's claims do not import of the instruments does not count", () => {
  const measuring = (slug: string) => hashesOf(slug).measuring;
  // Both import \`claim\` and bounds; only one of them explores orders.
  expect(measuring("race")).not.toBe(measuring("synchronous"));
  expect(measuringHashAt(true, "race")).not.toBe(
    measuringHashAt(false, "race"),
  );
});

test("a number in the code counts", () => {
  expect(hash(MAIN.replace("(peak)", "(peak + 1)"))).not.toBe(hash(MAIN));
});

test("an import that is not there is named with its line", () => {
  expect(() => hash('import { peek } from "LIB/peek.ts";\n')).toThrow(
    /main\.ts:1: imports “\.\/lib\/peek\.ts”, and there is no .*peek\.ts\.$/,
  );
});

test("imports in a circle are named, not followed for ever", () => {
  const back = 'import "../main.ts";\nexport const peak = 1;\n';
  expect(() => hash(MAIN, back)).toThrow(
    /peak\.ts:1: imports .*main\.ts, which imports this file: drop one of the two\.$/,
  );
});
