import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { codeHash } from "../../src/book/code-hash.ts";

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
  const before = codeHash(main, without);
  hash(MAIN, "export const peak = 3;");
  expect(codeHash(main, without)).toBe(before);
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
