import { afterEach, expect, test, vi } from "vitest";
import { exactly } from "../../src/measure/bound.ts";
import * as withVitest from "../../src/measure/for-claims.ts";
import * as without from "../../src/measure/without-vitest.ts";

afterEach(() => vi.unstubAllGlobals());

const stated = {
  figure: "turns",
  unit: "",
  bound: exactly(0),
  subject: () => 0,
  controls: { timer: { leavesOut: "the wait", measure: () => 9 } },
} as const;

test("a file of claims finds all of #claim without Vitest too", () => {
  const here = Object.keys(without).filter((name) => name !== "measureStated");
  expect(here.sort()).toEqual(Object.keys(withVitest).sort());
});

test("a claim is measured when it is asked for, and tells of each run", async () => {
  without.claim("told", stated);
  const told: number[] = [];
  const { measured } = (await without.measureStated(
    "told",
    3,
    ({ subject, controls }) =>
      told.push(subject.length, controls["timer"]!.figures.length),
  )) as { measured: unknown };
  expect(told).toEqual([1, 1, 2, 2, 3, 3]);
  expect(measured).toMatchObject({ subject: [0, 0, 0] });
});

test("what a claim lacks is said, and nothing is measured", async () => {
  const subject = vi.fn(() => 0);
  without.claim("two", { ...stated, subject, needs: ["two cores"] });
  vi.stubGlobal("navigator", { hardwareConcurrency: 1 });
  expect(await without.measureStated("two", 3)).toEqual({
    missing: "two cores",
  });
  expect(subject).not.toHaveBeenCalled();
});

test("a claim that nobody stated is an error that names it", async () => {
  await expect(without.measureStated("other", 1)).rejects.toThrow(
    "No claim has the id “other”.",
  );
});
