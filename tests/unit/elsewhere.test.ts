/** Examples and claims on other command lines, where they are installed. */
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allExamples } from "../../src/book/examples.ts";
import {
  parseReasons,
  REASONS_FILE,
  reasonFor,
  verdictOf,
} from "../../src/book/runtimes.ts";
import { installedBinary } from "../../src/runtimes/binary.ts";
import { openCommandLine } from "../../src/runtimes/command-line.ts";
import type { Place } from "../../src/runtimes/place.ts";

const COMMAND_LINES = ["node22", "node26", "deno", "bun"] as const;

/** Gets a runtime ready, uses it, and takes it away. */
async function on<T>(
  binary: string,
  use: (place: Place) => Promise<T>,
  hungAfterMs?: number,
): Promise<T> {
  const place = await openCommandLine(binary, ["race"], hungAfterMs);
  try {
    return await use(place);
  } finally {
    await place.close();
  }
}

describe("a claim in a process of its own", () => {
  test("is measured, subject and controls, as in the evidence", async () => {
    await on(process.execPath, async ({ version, measure, runProgram }) => {
      expect(version).toBe(process.versions.node);
      expect(await runProgram!("race")).toEqual({ ended: true });
      const outcome = await measure("race", "loses-nine", 2);
      expect(outcome).toMatchObject({
        bound: { is: "=", value: 1 },
        subject: [1, 1],
        controls: { "in turn": { figures: [10, 10] } },
      });
      expect(verdictOf(outcome)).toBe("holds");
    });
  });

  test("that nobody states is told of", async () => {
    await on(process.execPath, async ({ measure }) => {
      expect(await measure("race", "other", 1)).toEqual({
        failed: "Error: No claim has the id “other”.",
      });
    });
  });
});

describe.skipIf(process.platform === "win32")("a runtime that", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "runtime-test-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** A program that has a version, and does what the shell says. */
  async function runtimeOf(does: string): Promise<string> {
    const file = join(folder, "runtime");
    const shell = `#!/bin/sh\n[ "$1" = --version ] && echo v1.2.3 && exit\n${does}\n`;
    await writeFile(file, shell);
    await chmod(file, 0o755);
    return file;
  }

  test("does not end is ended, with what it has started", async () => {
    const file = await runtimeOf("sleep 1000 & sleep 1000");
    await on(
      file,
      async ({ version, measure, runProgram }) => {
        expect(version).toBe("1.2.3");
        expect(await measure("race", "loses-nine", 1)).toEqual({
          hungAfter: 1,
        });
        expect(await runProgram!("race")).toEqual({ hungAfter: 1 });
      },
      1000,
    );
  });

  test("fails is told of with its error, and without a path", async () => {
    const file = await runtimeOf(
      'echo "a warning" >&2; echo "error: no $PWD/x.ts" >&2; exit 3',
    );
    await on(file, async ({ measure, runProgram }) => {
      const failed = "It ended with 3: error: no /x.ts";
      expect(await measure("race", "loses-nine", 1)).toEqual({ failed });
      expect(await runProgram!("race")).toEqual({ failed });
    });
  });
});

describe.each(COMMAND_LINES)("on %s", (runtime) => {
  const binary = installedBinary(runtime);
  test.skipIf(binary === undefined)(
    "each example ends by itself, and well",
    async () => {
      const slugs = allExamples();
      const place = await openCommandLine(binary!, slugs);
      const ended = await Promise.all(
        slugs.map(async (slug) => [slug, await place.runProgram!(slug)]),
      );
      await place.close();
      const { value: reasons } = parseReasons(
        readFileSync(REASONS_FILE, "utf8"),
      );
      // What fails there for a reason has to end by itself as well.
      const well = slugs.map((slug) => [
        slug,
        reasonFor(reasons, slug, runtime)
          ? { failed: expect.any(String) }
          : { ended: true },
      ]);
      expect(ended).toEqual(well);
    },
  );
});
