import type { Measure } from "./measure-claim.ts";

/** As many tries as a claim's subject has where load can hide it. */
const TRIES = 5;

/**
 * The figure of a control that load can hide, for a claim whose subject stays at
 * the bound or below: doubles the dose until the figure is above it. One such
 * figure is proof, as it is for a subject with `tries`.
 *
 * @returns the first figure above the bound, else the last
 */
export async function everAbove(
  bound: number,
  measure: Measure,
): Promise<number> {
  let figure = await measure(1);
  for (let next = 1; next < TRIES && figure <= bound; next++) {
    figure = await measure(2 ** next);
  }
  return figure;
}
