import type { Outcome, ProgramOutcome } from "../book/runtimes.ts";
import type { MeasuredHere } from "../measure/without-vitest.ts";

/** A runtime that is there, and measures. */
export interface Place {
  /** "2.9.6" */
  version: string;
  /** Measures one claim so many times, in a process or page of its own. */
  measure: (slug: string, id: string, runs: number) => Promise<Outcome>;
  /** Runs an example as a reader does who has copied it; not in a browser. */
  runProgram?: (slug: string) => Promise<ProgramOutcome>;
  close: () => Promise<void>;
}

/** What is told of a claim from where it is measured. */
export type Told = { run: number } | { end: MeasuredHere } | { failed: string };

/**
 * When a run that has not ended is taken to hang, in ms. A dead man's switch,
 * not a bound: the longest runs double a dose of 200 ms four times.
 */
export const HUNG_AFTER_MS = 90_000;

/** What came of a claim, from what was told as JSON. */
export function outcomeOf(end: MeasuredHere): Outcome {
  if ("missing" in end) return end;
  const { subject, controls } = end.measured;
  const all = [subject, ...Object.values(controls).map((one) => one.figures)];
  // JSON has null for what is no number.
  const isFigure = all.flat().every((figure) => Number.isFinite(figure));
  return isFigure ? end.measured : { noFigure: true };
}
