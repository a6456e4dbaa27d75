import { median } from "../measure/statistics.ts";
import type { ClaimEvidence } from "./evidence.ts";

/** A figure that a reader may predict. */
export interface Answer {
  figure: number;
  /** Whether it is what the subject measured. */
  isRight: boolean;
  /** The controls that measured it; none where no run did. */
  controls: string[];
}

/** Significant digits in which two answers differ: as many as are shown. */
const DIGITS = 3;

/**
 * What a reader chooses from before a claim is shown: what its subject
 * measured, what each of its controls did, and figures that no run gave. From
 * the least to the greatest, so that no place gives the right one away.
 */
export function answersTo(
  { subject, controls }: Pick<ClaimEvidence, "subject" | "controls">,
  others: readonly number[],
): Answer[] {
  const given: { figure: number; isRight?: true; control?: string }[] = [
    { figure: median(subject), isRight: true },
    ...Object.entries(controls).map(([control, { figures }]) => ({
      figure: median(figures),
      control,
    })),
    ...others.map((figure) => ({ figure })),
  ];
  const alike = Map.groupBy(given, ({ figure }) => figure.toPrecision(DIGITS));
  return [...alike.values()]
    .map((same) => ({
      figure: same[0]!.figure,
      isRight: same.some(({ isRight }) => isRight),
      controls: same.flatMap(({ control }) => control ?? []),
    }))
    .sort((a, b) => a.figure - b.figure);
}

/** The figures that a note adds to an answer's: "5, 20". */
export function othersIn(written: string | undefined): number[] {
  return written ? written.split(",").map(Number) : [];
}
