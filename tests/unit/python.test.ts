import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Python } from "../../src/measure/find-python.ts";
import { findPython } from "../../src/measure/find-python.ts";
import { observe } from "../../src/measure/observe-python.ts";
import { evaluateInPython, runPython } from "../../src/measure/run-python.ts";

const PROGRAM = "tests/unit/python/measures.py";
const python = findPython(PROGRAM);
const isHere = !("missing" in python);
const evaluate = (expression: string) =>
  evaluateInPython(python as Python, PROGRAM, expression);

afterEach(() => vi.unstubAllEnvs());

describe.runIf(isHere)("what a Python program measures", () => {
  test("comes from all of its threads, each with a number of its own", async () => {
    const run = await runPython(python as Python, PROGRAM);
    expect(run).toMatchObject({ errors: "", exitCode: 0, hung: false });
    expect(run.output).toBe("it ran as __main__");
    const threads = run.spans.map(({ name, thread }) => [name, thread]);
    expect(threads).toEqual([
      ["main", 0],
      ["thread 0", 1],
      ["thread 1", 2],
    ]);
    for (const { start, end } of run.spans) {
      expect(end - start).toBeGreaterThanOrEqual(19);
    }
  });

  const methods = ["spawn", "forkserver", "fork"];
  const ours = process.platform === "win32" ? ["spawn"] : methods;
  test.each(ours)("comes from its children by %s", async (method) => {
    const run = await evaluate(`in_processes("${method}")`);
    expect(run.errors).toBe("");
    expect(JSON.parse(run.evaluated!)).toMatchObject({
      value: ["child 0", "child 1"],
    });
    expect(run.spans.map(({ name }) => name).sort()).toEqual([
      "child 0",
      "child 1",
    ]);
    for (const span of run.spans) {
      expect(span.process).toBeGreaterThan(0);
      expect(span.thread).toBeGreaterThan(0);
    }
  });

  test("has the CPU time of its process, also after a fork", async () => {
    const { spans } = await evaluate("(burn('busy'), stretch('rest'))");
    const [busy, rest] = spans;
    expect(busy!.cpu).toBeGreaterThan(5);
    expect(busy!.cpu).toBeGreaterThan(3 * rest!.cpu!);
    const children = await evaluate("in_processes()");
    expect(children.spans).toHaveLength(2);
    for (const { cpu } of children.spans) expect(cpu).toBeGreaterThanOrEqual(0);
  });

  test("is nothing to who runs it without the harness", () => {
    const { command } = python as Python;
    const run = spawnSync(command, [PROGRAM], { encoding: "utf8" });
    expect(run.stdout.trim()).toBe("it ran as __main__");
  });
});

describe.runIf(isHere)("observePython", () => {
  const seen = (expression: string, timeoutMs?: number) =>
    observe(PROGRAM, expression, timeoutMs);

  test.each([
    ["1 + 1", 2],
    ["later(3)", 3],
    ["await later(3) + 1", 4],
    ["[await later(n) for n in (1, 2)]", [1, 2]],
    ["asyncio.create_task(later(5))", undefined],
    ["await asyncio.gather(later(1), later(2))", [1, 2]],
    ["None", null],
  ])("gives what %s gives", async (expression, value) => {
    const observed = seen(expression);
    if (value === undefined) {
      await expect(observed).rejects.toThrow("no running event loop");
      return;
    }
    expect((await observed).value).toEqual(value);
  });

  test("gives what was marked and printed meanwhile, and no more", async () => {
    const observed = await seen("(later(1), print('so'))[0]");
    expect(observed.output).toBe("so");
    expect(observed.points).toMatchObject([{ name: "later", thread: 0 }]);
    expect(observed.spans).toEqual([]);
    expect(observed.wall).toBeGreaterThanOrEqual(9);
  });

  test("says with Python's traceback what a program raises", async () => {
    const message = await seen("in_threads(count=None)").then(
      () => "",
      (error: Error) => error.message,
    );
    expect(message).toContain(`in_threads(count=None)\n  in ${PROGRAM}`);
    expect(message).toContain("Mend what Python names last");
    expect(message).toContain("for n in range(count):");
    expect(message).toMatch(/TypeError: .*NoneType/);
  });

  test("says what is no JSON", async () => {
    await expect(seen("{1}")).rejects.toThrow("set is not JSON serializable");
    await expect(seen("float('nan')")).rejects.toThrow("not JSON compliant");
  });

  test("ends what does not end, with its children", async () => {
    const forever = `__import__("subprocess").run([sys.executable, "-c", "print('up', flush=True); import time; time.sleep(600)"])`;
    const message = await seen(forever, 3000).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(message).toContain("did not end within 3 s");
    expect(message).toContain("look at what it awaits or joins");
  });

  test("says what a measure lacks", async () => {
    await expect(seen('sys.audit("measure", "x", 0)')).rejects.toThrow(
      'sys.audit("measure", name, start, end)',
    );
  });
});

describe("findPython", () => {
  const folder = mkdtempSync(join(tmpdir(), "find-python-"));
  afterEach(() => vi.resetModules());
  const find = async (program: string) => {
    vi.resetModules();
    const { findPython } = await import("../../src/measure/find-python.ts");
    return findPython(program);
  };

  test("says what is missing where there is none", async () => {
    vi.stubEnv("PYTHON", join(folder, "nothing"));
    expect(await find(PROGRAM)).toEqual({ missing: "Python 3.11 or newer" });
  });

  test.runIf(isHere)("takes the packages into account", async () => {
    const program = join(folder, "imports.py");
    writeFileSync(program, "import json\nimport no_such.part, os.path\n");
    const missing = "a Python with no_such";
    expect(await find(program)).toEqual({ missing });
    expect(await find(PROGRAM)).toMatchObject({ packages: {} });
  });

  test.runIf(isHere && process.platform !== "win32")(
    "goes on to the next where one is too old",
    async () => {
      const old = join(folder, "python3");
      writeFileSync(old, `#!/bin/sh\necho '{ "isNew": false }'\n`);
      chmodSync(old, 0o755);
      vi.stubEnv("PYTHON", undefined);
      vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
      const next = await find(PROGRAM);
      expect(next).toMatchObject({
        runtime: expect.stringMatching(/^CPython 3\./),
      });
      expect((next as Python).command).not.toBe(old);
      rmSync(folder, { recursive: true });
    },
  );
});
