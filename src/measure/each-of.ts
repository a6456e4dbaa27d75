import type { Explored, Outcome } from "../orders/explored.ts";
import type { Program } from "./in-every-order.ts";

/**
 * Several programs as one, so that a bound has to hold in every order of each.
 * A reader is the scheduler of the first of them, whose places are kept.
 */
export function eachOf(first: Program, ...others: Program[]): Program {
  return {
    scope: first.scope,
    async explore() {
      let all = await first.explore();
      // One after another, since timers and clock are stood in for meanwhile.
      for (const program of others) all = added(all, await program.explore());
      return all;
    },
  };
}

function added(known: Explored, more: Explored): Explored {
  const outcomes = new Map<string, Outcome>();
  for (const outcome of [...known.outcomes, ...more.outcomes]) {
    const key = JSON.stringify([outcome.end, String(outcome.figure)]);
    const same = outcomes.get(key);
    // An end that is known keeps its order, which can be found in the places.
    outcomes.set(key, {
      ...(same ?? outcome),
      orders: sum(same?.orders ?? 0n, outcome.orders),
    });
  }
  return {
    orders: sum(known.orders, more.orders),
    isComplete: known.isComplete && more.isComplete,
    outcomes: [...outcomes.values()].sort((a, b) => a.figure - b.figure),
    places: known.places,
  };
}

function sum(a: Explored["orders"], b: Explored["orders"]) {
  return a === null || b === null ? null : a + b;
}
