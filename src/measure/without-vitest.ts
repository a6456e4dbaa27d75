/**
 * `#claim` where there is no Vitest: a file of claims that imports this states
 * them, and each is measured when somebody asks for it.
 */
import type { Claim } from "./measure-claim.ts";
import { measureClaim } from "./measure-claim.ts";
import type { MeasuredClaim } from "./measured-claim.ts";
import type { Need } from "./needs.ts";
import { missingNeed } from "./needs.ts";

export { eachOf } from "./each-of-elsewhere.ts";
export { onThreads } from "./on-threads-elsewhere.ts";
export * from "./instruments.ts";

type Stated = Claim & { needs?: readonly Need[] };

const stated = new Map<string, Stated>();

/** States a claim, as the one for Vitest does. */
export function claim(id: string, claim: Stated): void {
  stated.set(id, claim);
}

/** States nothing: to explore orders takes Node, and TypeScript's own parser. */
export function inEveryOrder(): void {}
export function tasks(): void {}
export function threads(): void {}
export function deadEnds(): void {}

/** What came of a claim: its figures, or what it lacks to have any. */
export type MeasuredHere = { measured: MeasuredClaim } | { missing: Need };

/**
 * Measures a claim that was stated.
 *
 * @throws if no claim has the id, and what subject and controls throw
 */
export async function measureStated(
  id: string,
  ...how: [runs: number, onRun?: (measured: MeasuredClaim) => void]
): Promise<MeasuredHere> {
  const found = stated.get(id);
  if (!found) throw new Error(`No claim has the id “${id}”.`);
  const missing = found.needs?.find(missingNeed);
  if (missing !== undefined) return { missing };
  return { measured: await measureClaim(found, ...how) };
}
