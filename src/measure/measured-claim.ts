import type { Bound } from "./bound.ts";

/** The unit of a figure; none for a count, whose words say what is counted. */
export const UNITS = ["", "ms", "×", "%"] as const;
export type Unit = (typeof UNITS)[number];

/** What a claim's runs measured. */
export interface MeasuredClaim {
  /** What is measured, in English words; notes in Korean translate it. */
  figure: string;
  unit: Unit;
  bound: Bound;
  /** The subject's figure in each run, in the order of the runs. */
  subject: number[];
  /** The same for every control, by its name. The bound fails for each. */
  controls: Record<string, number[]>;
}
