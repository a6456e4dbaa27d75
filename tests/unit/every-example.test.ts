import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { filesOf } from "../../src/book/files.ts";
import { LANGUAGES } from "../../src/book/languages.ts";

const run = promisify(execFile);
const TSX = resolve("node_modules/tsx/dist/cli.mjs");
const WIDEST = 80;

describe.each(globSync("examples/*.ts"))("%s", (file) => {
  const source = readFileSync(file, "utf8");
  const slug = basename(file, ".ts");

  test("opens with a comment that says what it shows and how to run it", () => {
    expect(source).toMatch(/^\/\*\*\n \* \S/);
    expect(source.split("*/")[0]).toContain(`npx tsx ${file}`);
  });

  test("imports nothing but Node's own modules", () => {
    const imported = [
      ...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g),
    ].map(([, name]) => name);
    expect(imported.filter((name) => !name!.startsWith("node:"))).toEqual([]);
  });

  test("ends with the guard that the page and the tests rely on", () => {
    expect(source.trimEnd()).toMatch(
      /if \(import\.meta\.main \?\? true\) main\(\);$/,
    );
  });

  test(`is no wider than ${WIDEST} columns`, () => {
    const wide = source.split("\n").filter((line) => line.length > WIDEST);
    expect(wide).toEqual([]);
  });

  test("has its test, and a note in each language", () => {
    const notes = LANGUAGES.map(
      (language) => `src/content/notes/${language}/${slug}.mdx`,
    );
    const missing = [filesOf(slug).test, ...notes].filter(
      (name) => !existsSync(name),
    );
    expect(missing).toEqual([]);
  });

  test("runs copied alone into an empty folder, and leaves nothing there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "alone-"));
    try {
      await copyFile(file, join(folder, `${slug}.ts`));
      const { stdout, stderr } = await run(
        process.execPath,
        [TSX, `${slug}.ts`],
        { cwd: folder },
      );
      expect(stderr).toBe("");
      expect(stdout.trim().split("\n").length).toBeGreaterThanOrEqual(2);
      expect(await readdir(folder)).toEqual([`${slug}.ts`]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test("the documented command runs an example", async () => {
  const bin = resolve("node_modules/.bin/tsx");
  const { stdout } = await run(bin, ["examples/busy-wait.ts"], {
    shell: process.platform === "win32",
  });
  expect(stdout).toContain("neighbour: 0 turns");
});
