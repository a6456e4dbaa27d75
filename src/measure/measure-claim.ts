import type { Bound } from "./bound.ts";
import { holds } from "./bound.ts";
import type { MeasuredClaim, Unit } from "./measured-claim.ts";

/**
 * Runs what is measured once and gives the figure. `dose` is 1, and doubles
 * with every further try of a claim that has some: wait longer, work more.
 */
export type Measure = (dose: number) => number | Promise<number>;

/** A program in which the claim's sentence is false. */
export interface Control {
  /** What of the concept it leaves out or breaks, as a phrase for the reader. */
  leavesOut: string;
  measure: Measure;
}

/** A sentence that a test can break. */
export interface Claim {
  /** What is measured, in words: "turns that a neighbour got". */
  figure: string;
  unit: Unit;
  bound: Bound;
  /** The concept at work. The bound holds for it. */
  subject: Measure;
  /**
   * The concept left out or broken, by name: "a timer". The bound fails for
   * each, or the claim could not fail and would prove nothing.
   */
  controls: Record<string, Control>;
  /**
   * How often to try, with a doubled dose each time; 1 if left out. Only for
   * what load can hide, such as a burnt CPU, and only where one pass is proof:
   * no control may ever pass.
   */
  tries?: number;
}

/**
 * Measures a claim's subject and controls in turn, `runs` times.
 *
 * @param onRun is given what is measured so far after each run
 * @throws what the subject or a control throws
 */
export async function measureClaim(
  { figure, unit, bound, subject, controls, tries = 1 }: Claim,
  runs: number,
  onRun: (measured: MeasuredClaim) => void = () => {},
): Promise<MeasuredClaim> {
  const measured: MeasuredClaim = {
    figure,
    unit,
    bound,
    subject: [],
    controls: {},
  };
  for (let run = 0; run < runs; run++) {
    let dose = 1;
    let value = await subject(dose);
    while (!holds(bound, value) && dose < 2 ** (tries - 1)) {
      dose *= 2;
      value = await subject(dose);
    }
    measured.subject.push(value);
    for (const [name, { leavesOut, measure }] of Object.entries(controls)) {
      measured.controls[name] ??= { leavesOut, figures: [] };
      measured.controls[name].figures.push(await measure(dose));
    }
    onRun(measured);
  }
  return measured;
}

/** Why a measured claim proves nothing, or is false. */
export type Fault =
  /** The bound does not hold for the subject, in one run at least. */
  | { kind: "subject" }
  /** The bound holds for these controls too, in one run at least. */
  | { kind: "controls"; names: string[] }
  /** There is no control. */
  | { kind: "uncontrolled" }
  /** A figure is no number: what measures it could not tell. */
  | { kind: "no figure" };

/** What is wrong with a measured claim; nothing if it stands. */
export function faultOf({
  bound,
  subject,
  controls,
}: MeasuredClaim): Fault | undefined {
  const named = Object.entries(controls);
  const all = [...subject, ...named.flatMap(([, { figures }]) => figures)];
  if (all.some(Number.isNaN)) return { kind: "no figure" };
  if (named.length === 0) return { kind: "uncontrolled" };
  const passes = (value: number) => holds(bound, value);
  if (!subject.every(passes)) return { kind: "subject" };
  const names = named
    .filter(([, { figures }]) => figures.some(passes))
    .map(([name]) => name);
  return names.length > 0 ? { kind: "controls", names } : undefined;
}
