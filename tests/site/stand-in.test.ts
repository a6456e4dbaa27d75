import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "vite";
import { runExample } from "../../src/measure/run-example.ts";
import { examplesInBrowser } from "../../src/build/examples-in-browser.ts";
import type { RunMessage } from "../../src/client/run/messages.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { serve } from "../../src/browser/serve.ts";

const FIXTURE = "tests/site/stand-in";

/** What the program prints, wherever it runs. */
const PRINTED = [
  "main: true null null",
  "outer says: outer got early",
  "outer says: outer got late",
  "written by two threads: 1 2",
  "outer ended with 0",
  "failing: true",
  "failing ended with 1",
  "terminated: 1",
];
/** What its threads mark, in the order of their start. */
const MARKED = [
  "outer started",
  "inner started",
  "failing started",
  "endless started",
];

test("threads behave so in Node", async () => {
  const { output, points } = await runExample(`${FIXTURE}/examples/threads.ts`);
  expect(output.split("\n")).toEqual(PRINTED);
  expect(points.map(({ name }) => name)).toEqual(MARKED);
});

test("the stand-in behaves so in the browser", async () => {
  const outDir = await mkdtemp(join(tmpdir(), "stand-in-"));
  const browser = await launchBrowser();
  try {
    await build({
      root: FIXTURE,
      base: "/x/",
      configFile: false,
      logLevel: "error",
      plugins: [examplesInBrowser()],
      worker: { format: "es", plugins: () => [examplesInBrowser()] },
      build: { outDir, emptyOutDir: true },
    });
    const server = await serve(outDir, "/x", { isolated: true });
    const page = await browser.newPage();
    await page.goto(`${server.origin}/x/`);
    const told = async () =>
      page.evaluate(
        () => (globalThis as unknown as { told: RunMessage[] }).told,
      );
    await expect
      .poll(async () => (await told()).at(-1)?.kind)
      .toMatch(/ended|failed/);
    const messages = await told();
    const lines = messages.flatMap((one) =>
      one.kind === "line" ? one.text : [],
    );
    expect(lines).toEqual(PRINTED);
    const marks = messages.flatMap((one) =>
      one.kind === "point" ? one.point.name : [],
    );
    expect(marks.toSorted()).toEqual(MARKED.toSorted());
    await server.close();
  } finally {
    await browser.close();
    await rm(outDir, { recursive: true });
  }
});
