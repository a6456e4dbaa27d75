import { expect, test } from "vitest";
import { withTimers } from "../../src/measure/with-timers.ts";
import { withoutSleep } from "../../src/measure/without-sleep.ts";

const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const sleepOnTheThread = () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
};

test("timers that run at once are counted, and no others", async () => {
  const { setTimeout } = globalThis;
  const together = () => Promise.all([sleep(1), sleep(2), sleep(3)]);
  const inTurn = async () => {
    for (const ms of [1, 2, 3]) await sleep(ms);
  };
  const count = async (run: () => Promise<unknown>, ...lengths: number[]) =>
    (await withTimers(lengths, run)).timers;
  expect(await count(together, 1, 2, 3)).toBe(3);
  expect(await count(together, 1, 3)).toBe(2);
  expect(await count(together, 4)).toBe(0);
  expect(await count(inTurn, 1, 2, 3)).toBe(1);
  expect(await count(() => Promise.resolve("none"), 1)).toBe(0);
  expect(globalThis.setTimeout).toBe(setTimeout);
});

test("what was observed comes beside the timers", async () => {
  const { value, spans } = await withTimers([], async () => {
    performance.measure("span", { start: 1, end: 3 });
    return "value";
  });
  expect(value).toBe("value");
  expect(spans.map(({ name }) => name)).toEqual(["span"]);
});

test("the clock is the machine's again after an error", async () => {
  const { setTimeout } = globalThis;
  const { wait } = Atomics;
  const fail = () => Promise.reject(new Error("no"));
  await expect(withTimers([1], fail)).rejects.toThrow("no");
  await expect(withoutSleep(fail)).rejects.toThrow("no");
  expect(globalThis.setTimeout).toBe(setTimeout);
  expect(Atomics.wait).toBe(wait);
});

test("who sleeps on the thread is refused, and may afterwards", async () => {
  const sleeper = () => Promise.resolve(sleepOnTheThread());
  await expect(withoutSleep(async () => sleeper())).rejects.toThrow("a wait");
  expect(await withoutSleep(() => Promise.resolve(1))).toBe(1);
  sleepOnTheThread();
});
