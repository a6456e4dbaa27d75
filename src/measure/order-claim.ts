import { expect, test } from "vitest";
import { TIMEOUT_MS } from "./claim.ts";
import type { OrderClaim } from "./in-every-order.ts";
import { faultInOrders, measureOrders } from "./in-every-order.ts";
import type { MeasuredInEveryOrder } from "./measured-orders.ts";

declare module "vitest" {
  interface TaskMeta {
    inEveryOrder?: MeasuredInEveryOrder & { id: string };
  }
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
