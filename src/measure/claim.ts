import { loadavg } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
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
  controls: Record<string, Control | Measure>;
  /**
   * How often to try, with a doubled dose each time; 1 if left out. Only for
   * what load can hide, such as a burnt CPU, and only where one pass is proof:
   * no control may ever pass.
   */
  tries?: number;
}

declare module "vitest" {
  interface TaskMeta {
    claim?: MeasuredClaim & { id: string };
  }
}

/** How often the recorder repeats a claim; a test run measures once. */
const RUNS = Number(process.env["CLAIM_RUNS"] ?? 1);
/** A dead man's switch, not a bound: a starved machine takes 15 s to start. */
const TIMEOUT_MS = 60_000;

/**
 * States a claim: a test that passes when the bound holds for the subject and
 * fails for every control. What it measured goes into the test's metadata,
 * from which the recorder writes the evidence.
 *
 * @param id the claim's name in the notes: `<Claim id="…">`
 */
export function claim(id: string, stated: Claim): void {
  test(id, { timeout: TIMEOUT_MS * RUNS }, async ({ task }) => {
    const measured = await measure(stated);
    task.meta.claim = { id, ...measured };
    const failure = explain(id, measured);
    if (failure !== undefined) expect.fail(failure);
  });
}

/**
 * Measures a claim's subject and controls in turn, `runs` times.
 *
 * @throws what the subject or a control throws
 */
export async function measure(
  { figure, unit, bound, subject, controls, tries = 1 }: Claim,
  runs = RUNS,
): Promise<MeasuredClaim> {
  const subjectFigures: number[] = [];
  const controlFigures = Object.keys(controls).map((name) => ({
    name,
    figures: [] as number[],
  }));
  for (let run = 0; run < runs; run++) {
    let dose = 1;
    let measured = round(await subject(dose));
    while (!holds(bound, measured) && dose < 2 ** (tries - 1)) {
      dose *= 2;
      measured = round(await subject(dose));
    }
    subjectFigures.push(measured);
    for (const { name, figures } of controlFigures) {
      const control = controls[name]!;
      const measureIt =
        typeof control === "function" ? control : control.measure;
      figures.push(round(await measureIt(dose)));
    }
  }
  return {
    figure,
    unit,
    bound,
    subject: subjectFigures,
    controls: Object.fromEntries(
      controlFigures.map(({ name, figures }) => [name, figures]),
    ),
  };
}

/** What is wrong with a measured claim, for who broke it; nothing if it holds. */
export function explain(
  id: string,
  { figure, unit, bound, subject, controls }: MeasuredClaim,
): string | undefined {
  const passes = (value: number) => holds(bound, value);
  const fallen = !subject.every(passes);
  const toothless = Object.entries(controls)
    .filter(([, figures]) => figures.some(passes))
    .map(([name]) => name);
  const uncontrolled = Object.keys(controls).length === 0;
  if (!fallen && toothless.length === 0 && !uncontrolled) return undefined;

  const slug = slugOfThisTest();
  const list = (figures: number[]) => `${figures.join(", ")} ${unit}`.trim();
  const rows = [
    `figure:  ${figure}`,
    `bound:   ${bound.is} ${list([bound.value])}`,
    `subject: ${list(subject)}${fallen ? "   <- the bound does not hold" : ""}`,
    ...Object.entries(controls).map(
      ([name, figures]) =>
        `control: ${list(figures)} (${name})` +
        (toothless.includes(name) ? "   <- the bound holds, and must not" : ""),
    ),
    `machine: load ${loadavg()[0]!.toFixed(1)}, ${subject.length} run(s), Node ${process.versions.node}`,
  ];
  const meaning = uncontrolled
    ? "It has no control, so nothing shows that it could fail."
    : fallen
      ? `examples/${slug}.ts no longer shows what the notes state, or the bound asks for what load can change.`
      : "The bound holds without the concept too, so it proves nothing: choose a bound that tells them apart.";
  return [`The claim ${slug}/${id} falls.`, ...rows, meaning].join("\n  ");
}

function slugOfThisTest(): string {
  return basename(expect.getState().testPath ?? "", ".test.ts");
}

/** Three significant digits below 100, whole above: what a clock can tell. */
function round(figure: number): number {
  if (Math.abs(figure) >= 100) return Math.round(figure);
  return Number(figure.toPrecision(3));
}
