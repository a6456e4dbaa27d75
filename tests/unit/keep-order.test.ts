import { expect, test } from "vitest";
import { peak } from "../../src/measure/shapes.ts";
import { keepOrder } from "../../src/client/prove/keep-order.ts";

/** A clock that goes in steps of 1 ms, and what is measured by it. */
function coarse() {
  let at = 0;
  const measured: { start: number; end: number }[] = [];
  const timing = {
    now: () => Math.floor(at),
    mark: (_: string, { startTime = Math.floor(at) } = {}) => ({ startTime }),
    measure: (_: string, { start = 0, end = Math.floor(at) } = {}) =>
      measured.push({ start, end }),
  } as unknown as Performance;
  return { timing, measured, pass: (ms: number) => (at += ms) };
}

test("what overlaps within one step of the clock overlaps", () => {
  const overlap = (keep: (timing: Performance) => void) => {
    const { timing, measured, pass } = coarse();
    keep(timing);
    const first = timing.now();
    pass(100.2);
    const second = timing.now();
    pass(0.1);
    timing.measure("first", { start: first });
    pass(100);
    timing.measure("second", { start: second });
    return peak(measured);
  };
  expect(overlap(() => {})).toBe(1);
  expect(overlap(keepOrder)).toBe(2);
});

test("what ends before another starts within one step does not overlap it", () => {
  const { timing, measured, pass } = coarse();
  keepOrder(timing);
  for (const name of ["first", "second", "third"]) {
    const start = timing.now();
    pass(0.1);
    timing.measure(name, { start });
  }
  expect(peak(measured)).toBe(1);
  expect(new Set(measured.map(({ start }) => start)).size).toBe(3);
});

test("a moment has its place between two readings", () => {
  const { timing } = coarse();
  keepOrder(timing);
  const before = timing.now();
  const { startTime } = timing.mark("moment");
  expect(startTime).toBeGreaterThan(before);
  expect(timing.now()).toBeGreaterThan(startTime);
});

test("a thread that spins on the clock does not outrun it", () => {
  const { timing, pass } = coarse();
  keepOrder(timing);
  for (let reading = 0; reading < 20_000; reading++) timing.now();
  expect(timing.now()).toBeLessThan(0.01);
  pass(1);
  expect(timing.now()).toBe(1);
});
