import type { MeasuredClaim } from "../measure/measured-claim.ts";
import type { ClaimEvidence } from "./evidence.ts";

/** How much more or less than any recorded figure is still near. */
const FACTOR = 2;

/**
 * What was recorded of a claim that no run here comes near, with both. Machines
 * differ, so this is something to look at and no verdict.
 */
export function farFigures(
  recorded: ClaimEvidence,
  measured: MeasuredClaim,
): string[] {
  const pairs: [name: string, there: number[], here: number[]][] = [
    ["subject", recorded.subject, measured.subject],
    ...Object.entries(recorded.controls).map(
      ([name, { figures }]): [string, number[], number[]] => [
        `control ${name}`,
        figures,
        measured.controls[name]?.figures ?? [],
      ],
    ),
  ];
  return pairs
    .filter(([, there, here]) => !here.some((figure) => isNear(figure, there)))
    .map(([name, there, here]) => {
      const ends = [Math.min(...there), Math.max(...there)].map(show);
      const unit = recorded.unit && ` ${recorded.unit}`;
      return `${name} (${recorded.figure}): recorded ${ends.join(" to ")}${unit}, here ${here.map(show).join(", ")}${unit}`;
    });
}

function isNear(figure: number, recorded: readonly number[]): boolean {
  const edge = (value: number, outwards: boolean) =>
    value > 0 === outwards ? value * FACTOR : value / FACTOR;
  return (
    figure >= edge(Math.min(...recorded), false) &&
    figure <= edge(Math.max(...recorded), true)
  );
}

function show(figure: number): string {
  return String(Number(figure.toPrecision(4)));
}
