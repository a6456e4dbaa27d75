import { afterEach, describe, expect, test, vi } from "vitest";
import { exactly } from "../../src/measure/bound.ts";
import { measureClaim } from "../../src/measure/measure-claim.ts";
import type { Need } from "../../src/measure/needs.ts";
import { observeProcess } from "../../src/measure/observe-process.ts";
import { cpuAgainstComputing } from "../../src/measure/thread-cpu.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

describe("what a function did", () => {
  test("is what it measured and marked, and nothing from before", async () => {
    performance.measure("before", { start: 0 });
    performance.mark("before");
    const { value, spans, points } = await observeProcess(() => {
      const detail = { devtools: { track: "lane" } };
      performance.measure("span", { start: 10, end: 12.5, detail });
      performance.mark("point", { startTime: 11 });
      return "value";
    });
    expect(value).toBe("value");
    expect(spans).toEqual([
      { name: "span", track: "lane", start: 10, end: 12.5, thread: 0 },
    ]);
    expect(points).toEqual([
      { name: "point", track: "point", at: 11, thread: 0 },
    ]);
  });

  // Lower bounds only: load stretches every time.
  test("has a wall time, and rest and turns while it waits", async () => {
    const start = performance.now();
    const { wall, idle, turns } = await observeProcess(() => sleep(60));
    expect(wall).toBeGreaterThanOrEqual(59);
    expect(wall).toBeLessThanOrEqual(performance.now() - start);
    expect(idle).toBeGreaterThan(0);
    expect(idle).toBeLessThanOrEqual(wall);
    expect(turns).toBeGreaterThan(0);
  });

  test("has CPU time in ms, and neither rest nor turns while it computes", async () => {
    const before = process.cpuUsage();
    const { cpu, idle, turns } = await observeProcess(() => {
      const start = process.cpuUsage();
      while (process.cpuUsage(start).user < 30_000);
    });
    const around = process.cpuUsage(before);
    expect(cpu).toBeGreaterThanOrEqual(30);
    expect(cpu).toBeLessThanOrEqual((around.user + around.system) / 1000);
    expect(idle).toBe(0);
    expect(turns).toBe(0);
  });
});

test("the CPU time of a thread is a share of what computing takes", async () => {
  const asleep = () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  };
  expect(await cpuAgainstComputing(asleep)).toBeLessThan(20);
  const usual = () => {
    const start = process.threadCpuUsage();
    while (process.threadCpuUsage(start).user < 50_000);
  };
  // Load between the two takes from one of them: it never gets to a hundredth.
  expect(await cpuAgainstComputing(usual)).toBeGreaterThan(20);
});

describe("what a runtime lacks", () => {
  /** Asked of a runtime that is as the globals say. */
  async function missing(globals: Record<string, unknown>): Promise<Need[]> {
    for (const [name, value] of Object.entries(globals)) {
      vi.stubGlobal(name, value);
    }
    vi.resetModules();
    const { missingNeed } = await import("../../src/measure/needs.ts");
    return ALL.filter(missingNeed);
  }
  const ALL: Need[] = [
    "two cores",
    "two free cores",
    "the CPU time of a thread",
    "the CPU time of the process",
    "the rest of the event loop",
    "the turns of the event loop",
    "shared memory",
    "files",
    "processes",
  ];
  const cores = (hardwareConcurrency: number) => ({
    navigator: { hardwareConcurrency },
  });
  /** A Node whose cores have been idle for so many ms more at each look. */
  const node = (idle: number) => {
    let looks = 0;
    const os = { cpus: () => [{ times: { idle: idle * looks++ } }] };
    return {
      ...cores(2),
      process: {
        cpuUsage() {},
        threadCpuUsage() {},
        getBuiltinModule: () => os,
      },
    };
  };

  test("is nothing in Node with two free cores", async () => {
    expect(await missing(node(1_000_000))).toEqual([]);
  });

  test("is a free core where the cores are busy, or one is there", async () => {
    expect(await missing(node(0))).toEqual(["two free cores"]);
    expect(await missing({ ...node(1_000_000), ...cores(1) })).toEqual([
      "two cores",
      "two free cores",
    ]);
  });

  test("is all that only Node tells in a browser", async () => {
    let at = 0;
    const performance = { now: () => at++ };
    expect(
      await missing({ ...cores(2), process: undefined, performance }),
    ).toEqual(ALL.filter((need) => !IN_BROWSERS.includes(need)));
  });
  const IN_BROWSERS: Need[] = ["two cores", "shared memory"];

  test("is shared memory on a page that is not isolated", async () => {
    // The Node that is asked for free cores sleeps in shared memory itself.
    vi.stubGlobal("SharedArrayBuffer", undefined);
    delete (globalThis as Partial<typeof globalThis>).SharedArrayBuffer;
    const { missingNeed } = await import("../../src/measure/needs.ts");
    expect(missingNeed("shared memory")).toBe(true);
  });

  test("has no figure, which is never 0", async () => {
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("performance", {});
    vi.resetModules();
    const { readCounters } = await import("../../src/measure/counters.ts");
    expect(readCounters(3)).toEqual({ at: 3, cpu: NaN, idle: NaN, turns: NaN });
  });
});

test("what is measured says what each control leaves out, run by run", async () => {
  let run = 0;
  const measured = await measureClaim(
    {
      figure: "turns",
      unit: "ms",
      bound: exactly(0),
      subject: () => 0,
      controls: {
        timer: { leavesOut: "the asking", measure: () => ++run },
      },
    },
    3,
  );
  expect(measured).toEqual({
    figure: "turns",
    unit: "ms",
    bound: exactly(0),
    subject: [0, 0, 0],
    controls: { timer: { leavesOut: "the asking", figures: [1, 2, 3] } },
  });
});
