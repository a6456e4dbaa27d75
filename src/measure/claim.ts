import { loadavg } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import type { OrderClaim } from "./in-every-order.ts";
import { faultInOrders, measureOrders } from "./in-every-order.ts";
import type { Claim } from "./measure-claim.ts";
import { faultOf, measureClaim } from "./measure-claim.ts";
import type { MeasuredClaim } from "./measured-claim.ts";
import type { MeasuredInEveryOrder } from "./measured-orders.ts";
import type { Need } from "./needs.ts";
import { missingNeed } from "./needs.ts";

declare module "vitest" {
  interface TaskMeta {
    claim?: MeasuredClaim & { id: string };
    inEveryOrder?: MeasuredInEveryOrder & { id: string };
  }
}

/** How often the recorder repeats a claim; a test run measures once. */
const RUNS = Number(process.env["CLAIM_RUNS"] ?? 1);
/** A dead man's switch, not a bound: a starved machine takes 15 s to start. */
const TIMEOUT_MS = 60_000;

/**
 * States a claim: a test that passes when the bound holds for the subject and
 * fails for every control. What it measured goes into the test's metadata,
 * from which the recorder writes the evidence. Where the machine or the runtime
 * lacks what the claim needs to be measured, the test is skipped and says why.
 *
 * @param id the claim's name in the notes: `<Claim id="…">`
 */
export function claim(
  id: string,
  { needs = [], ...stated }: Claim & { needs?: readonly Need[] },
): void {
  test(id, { timeout: TIMEOUT_MS * RUNS }, async ({ task, skip }) => {
    const missing = needs.find(missingNeed);
    if (missing) skip(`${id} cannot be measured here: it needs ${missing}.`);
    const measured = await measureClaim(stated, RUNS);
    task.meta.claim = { id, ...measured };
    const fault = faultOf(measured);
    if (!fault) return;
    const slug = basename(expect.getState().testPath ?? "", ".test.ts");
    const machine = `load ${loadavg()[0]!.toFixed(1)}, Node ${process.versions.node}`;
    expect.fail(explain(slug, id, measured, fault, machine));
  });
}

/**
 * States what is so in every order: a test that passes when the bound holds in
 * all orders of the subject and fails in some order of every control. It says
 * nothing of more tasks than were explored, nor of how likely an order is.
 *
 * @param id the claim's name in the notes: `<Claim id="…">`
 */
export function inEveryOrder(id: string, stated: OrderClaim): void {
  test(id, { timeout: TIMEOUT_MS }, async ({ task }) => {
    const measured = await measureOrders(stated);
    task.meta.inEveryOrder = { id, ...measured };
    const fault = faultInOrders(measured);
    if (fault !== undefined) {
      expect.fail(`The claim ${id} falls.\n  ${fault}`);
    }
  });
}
