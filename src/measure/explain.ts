import type { Fault } from "./measure-claim.ts";
import type { MeasuredClaim } from "./measured-claim.ts";

/**
 * What to say of a claim that does not stand, to who broke it.
 *
 * @param machine where it was measured, in words
 */
export function explain(
  slug: string,
  id: string,
  { figure, unit, bound, subject, controls }: MeasuredClaim,
  fault: Fault,
  machine: string,
): string {
  const list = (figures: number[]) => `${figures.join(", ")} ${unit}`.trim();
  const toothless = fault.kind === "controls" ? fault.names : [];
  const rows = [
    `figure:  ${figure}`,
    `bound:   ${bound.is} ${list([bound.value])}`,
    `subject: ${list(subject)}${fault.kind === "subject" ? "   <- the bound does not hold" : ""}`,
    ...Object.entries(controls).map(
      ([name, { figures }]) =>
        `control: ${list(figures)} (${name})` +
        (toothless.includes(name) ? "   <- the bound holds, and must not" : ""),
    ),
    `machine: ${machine}, ${subject.length} run(s)`,
  ];
  const meaning = {
    uncontrolled: "It has no control, so nothing shows that it could fail.",
    subject: `examples/${slug}.ts no longer shows what the notes state, or the bound asks for what load can change.`,
    controls:
      "The bound holds without the concept too, so it proves nothing: choose a bound that tells them apart.",
    "no figure":
      "A figure is no number. What this runtime cannot tell belongs into the claim's `needs`.",
  };
  return [`The claim ${slug}/${id} falls.`, ...rows, meaning[fault.kind]].join(
    "\n  ",
  );
}
