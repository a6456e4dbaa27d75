import type { MeasuredClaim } from "../../measure/measured-claim.ts";
import type { MeasuredHere } from "../../measure/without-vitest.ts";

/** What the page asks of the worker that loads a file of claims. */
export interface Asked {
  id: string;
  runs: number;
}

/** What the worker tells of it. */
export type ProofMessage =
  | { kind: "run"; soFar: MeasuredClaim }
  | { kind: "end"; end: MeasuredHere }
  | { kind: "failed"; text: string }
  | { kind: "notLoaded" };
