/**
 * What every order of a claim's subject and controls ends with has to be what
 * the evidence tells of it: readers see both. A control that is broken in
 * another way than it should be would still fail its bound, as controls do.
 */
import { readFileSync } from "node:fs";
import { afterEach, expect } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import { filesOf } from "../../src/book/files.ts";
import type { MeasuredInEveryOrder } from "../../src/measure/measured-orders.ts";

const { evidence } = filesOf(process.env["MUTATED_SLUG"]!);
const recorded = JSON.parse(readFileSync(evidence, "utf8")) as Evidence;

afterEach(({ task }) => {
  const { inEveryOrder } = task.meta;
  if (!inEveryOrder) return;
  const { id } = inEveryOrder;
  expect(ends(inEveryOrder), id).toEqual(ends(recorded.inEveryOrder[id]!));
});

function ends({ subject, controls }: MeasuredInEveryOrder) {
  return [subject, ...Object.values(controls)].map(({ outcomes }) => outcomes);
}
