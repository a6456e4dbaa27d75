import { expect, test } from "vitest";
import { everAbove } from "../../src/measure/ever-above.ts";

test("a control has the doses of a subject, until it is above the bound", async () => {
  const doses: number[] = [];
  const measure = (figure: (dose: number) => number) => (dose: number) => {
    doses.push(dose);
    return figure(dose);
  };
  expect(
    await everAbove(
      0,
      measure(() => 3),
    ),
  ).toBe(3);
  expect(doses).toEqual([1]);
  doses.length = 0;
  expect(
    await everAbove(
      1,
      measure((dose) => dose),
    ),
  ).toBe(2);
  expect(doses).toEqual([1, 2]);
  doses.length = 0;
  expect(
    await everAbove(
      0,
      measure(() => 0),
    ),
  ).toBe(0);
  expect(doses).toEqual([1, 2, 4, 8, 16]);
});
