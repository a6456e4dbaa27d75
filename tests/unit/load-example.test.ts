import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadExample } from "../../src/orders/load-example.ts";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

function load(code: string): Promise<unknown> {
  const file = join(folder, "example.ts");
  writeFileSync(file, `// First line.\n${code}`);
  return loadExample(file, {});
}

test.each([
  'import { setTimeout as sleep } from "node:timers/promises";',
  'import "node:timers/promises";',
  'export { setTimeout } from "node:timers/promises";',
  'export const sleep = async () => (await import("node:timers/promises")).setTimeout(1);',
])("refuses %s", async (code) => {
  await expect(load(code)).rejects.toThrow(
    'example.ts:2: a program in every order imports nothing, and this one "node:timers/promises"',
  );
});

test("loads what imports types only", async () => {
  const code = [
    'import type { Stats } from "node:fs";',
    'export type { Dir } from "node:fs";',
    "export const size = ({ size }: Stats) => size;",
  ];
  expect(await load(code.join("\n"))).toHaveProperty("size");
});
