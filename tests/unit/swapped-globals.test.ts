import { expect, test } from "vitest";
import { askedTimers } from "../../src/measure/asked-timers.ts";
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

/** Keeps the thread for some ms. */
function keep(ms: number): void {
  const start = performance.now();
  while (performance.now() < start + ms);
}

test("timers that are due are told from those that are not", async () => {
  const keptBetween = () => {
    const first = sleep(5);
    keep(10);
    return Promise.all([first, sleep(5)]);
  };
  const { timers, undue } = await withTimers([5], keptBetween);
  expect([timers, undue]).toEqual([2, 1]);
});

test("timers that are cleared are not counted", async () => {
  const { clearTimeout } = globalThis;
  const limited = async () => {
    for (let call = 0; call < 3; call++) {
      const limit = setTimeout(() => {}, 5);
      await sleep(1);
      globalThis.clearTimeout(limit);
    }
    await sleep(5);
  };
  const { timers, asked } = await withTimers([5], limited);
  expect([timers, asked]).toEqual([1, 1]);
  expect(globalThis.clearTimeout).toBe(clearTimeout);
});

test("what waited for something else has none", async () => {
  const measured = (end: Promise<unknown>) => {
    const start = performance.now();
    return end.then(() => performance.measure("wait", { start }));
  };
  const forIt = () => measured(sleep(5));
  const forAnother = () => measured(sleep(5).then(() => sleep(20)));
  const count = async (run: () => Promise<unknown>) => {
    const { timers, undue } = await withTimers([5], run);
    return [timers, undue];
  };
  expect(await count(forIt)).toEqual([1, 1]);
  expect(await count(forAnother)).toEqual([0, 0]);
});

test("a timer is given what was given for it", async () => {
  const { value } = await withTimers(
    [1],
    () => new Promise((wake) => setTimeout(wake, 1, "given")),
  );
  expect(value).toBe("given");
});

test("what was observed comes beside the timers", async () => {
  const { value, spans } = await withTimers([], async () => {
    performance.measure("span", { start: 1, end: 3 });
    return "value";
  });
  expect(value).toBe("value");
  expect(spans.map(({ name }) => name)).toEqual(["span"]);
});

test("timers are noted as they are asked for", async () => {
  const { value, asked } = await askedTimers(async (soFar) => {
    const repeated = setInterval(() => {});
    const late = setTimeout(() => {}, 60_000);
    const given = await new Promise((wake) => setTimeout(wake, 5, "given"));
    clearInterval(repeated);
    clearTimeout(late);
    return [given, soFar.length];
  });
  expect(value).toEqual(["given", 3]);
  expect(asked.map(({ ms }) => ms)).toEqual([0, 60_000, 5]);
  const [first, never, last] = asked.map(({ firedAt }) => firedAt);
  expect(first).toBeLessThan(last!);
  expect(never).toBe(Infinity);
});

test("the clock is the machine's again after an error", async () => {
  const { setTimeout, setInterval } = globalThis;
  const { wait } = Atomics;
  const fail = () => Promise.reject(new Error("no"));
  await expect(withTimers([1], fail)).rejects.toThrow("no");
  await expect(askedTimers(fail)).rejects.toThrow("no");
  await expect(withoutSleep(fail)).rejects.toThrow("no");
  expect(globalThis.setTimeout).toBe(setTimeout);
  expect(globalThis.setInterval).toBe(setInterval);
  expect(Atomics.wait).toBe(wait);
});

test("who sleeps on the thread is refused, and may afterwards", async () => {
  const sleeper = () => Promise.resolve(sleepOnTheThread());
  await expect(withoutSleep(async () => sleeper())).rejects.toThrow("a wait");
  expect(await withoutSleep(() => Promise.resolve(1))).toBe(1);
  sleepOnTheThread();
});
