import type { Bound } from "./bound.ts";

/** The unit of a figure; none for a count, whose words say what is counted. */
export const UNITS = ["", "ms", "×", "%"] as const;
export type Unit = (typeof UNITS)[number];

/** What the runs of one control measured. */
export interface MeasuredControl {
  /** What of the concept it leaves out, in English words. */
  leavesOut: string;
  /** Its figure in each run. The bound fails for each. */
  figures: number[];
}

/** What a claim's runs measured: the figures as they are, not rounded. */
export interface MeasuredClaim {
  /** What is measured, in English words; notes in Korean translate it. */
  figure: string;
  unit: Unit;
  bound: Bound;
  /** The subject's figure in each run, in the order of the runs. */
  subject: number[];
  /** The controls by their names, each run beside the subject's. */
  controls: Record<string, MeasuredControl>;
}
