import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { findPython } from "../../src/measure/find-python.ts";

const run = promisify(execFile);
const TSX = resolve("node_modules/tsx/dist/cli.mjs");

describe.each(globSync("examples/*.ts"))("%s", (file) => {
  const slug = basename(file, ".ts");

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

describe.each(globSync("examples/*.py"))("%s", (file) => {
  const python = findPython(file);

  test.skipIf("missing" in python)(
    "runs copied alone into an empty folder, and leaves nothing there",
    async () => {
      if ("missing" in python) return;
      const folder = await mkdtemp(join(tmpdir(), "alone-"));
      const name = basename(file);
      try {
        await copyFile(file, join(folder, name));
        const { stdout, stderr } = await run(python.command, ["-P", name], {
          cwd: folder,
        });
        expect(stderr).toBe("");
        expect(stdout.trim().split("\n").length).toBeGreaterThanOrEqual(2);
        expect(await readdir(folder)).toEqual([name]);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});

test("the documented command runs an example", async () => {
  const bin = resolve("node_modules/.bin/tsx");
  const { stdout } = await run(bin, ["examples/busy-wait.ts"], {
    shell: process.platform === "win32",
  });
  expect(stdout).toContain("neighbour: 0 turns");
});
