import { loadavg } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
import type { Claim, Measure } from "./measure-claim.ts";
import { faultOf, measureClaim } from "./measure-claim.ts";
import type { Fault } from "./measure-claim.ts";
import type { MeasuredClaim } from "./measured-claim.ts";
import type { Need } from "./needs.ts";
import { missingNeed } from "./needs.ts";

declare module "vitest" {
  interface TaskMeta {
    claim?: MeasuredClaim & { id: string };
  }
}

/** How often the recorder repeats a claim; a test run measures once. */
const RUNS = Number(process.env["CLAIM_RUNS"] ?? 1);
/** A dead man's switch, not a bound: a starved machine takes 15 s to start. */
const TIMEOUT_MS = Number(process.env["CLAIM_TIMEOUT_MS"] ?? 60_000);
/** What did not end in this file. What comes after it would hang as well. */
let hung: string | undefined;

/**
 * States a claim: a test that passes when the bound holds for the subject and
 * fails for every control. What it measured goes into the test's metadata,
 * from which the recorder writes the evidence. Where the machine or the runtime
 * lacks what the claim needs to be measured, the test is skipped and says why.
 *
 * @param id the claim's name in the notes: `<Claim id="…">`
 */
export function claim(
  id: string,
  { needs = [], ...stated }: Claim & { needs?: readonly Need[] },
): void {
  // A timeout of its own for each measuring, which says what hangs.
  test(id, { timeout: 0 }, async ({ task, skip }) => {
    if (hung !== undefined) expect.fail(`${id} was not measured: ${hung}`);
    const missing = needs.find(missingNeed);
    if (missing) skip(`${id} cannot be measured here: it needs ${missing}.`);
    const measured = await measureClaim(watched(id, stated), RUNS);
    task.meta.claim = { id, ...measured };
    const fault = faultOf(measured);
    if (fault) expect.fail(explain(id, measured, fault));
  });
}

/** The claim, with an end to each measuring that has none itself. */
function watched(id: string, stated: Claim): Claim {
  const watch =
    (what: string, measure: Measure): Measure =>
    async (dose) => {
      let timer: NodeJS.Timeout | undefined;
      const never = new Promise<never>((_, fail) => {
        timer = setTimeout(() => {
          hung = `${what} of the claim ${id} did not end within ${TIMEOUT_MS / 1000} s. It waits for what never comes: look at what it awaits in ${exampleFile()}.`;
          fail(new Error(hung));
        }, TIMEOUT_MS);
      });
      try {
        return await Promise.race([measure(dose), never]);
      } finally {
        clearTimeout(timer);
      }
    };
  const controls = Object.entries(stated.controls).map(
    ([name, { measure, ...control }]) => [
      name,
      { ...control, measure: watch(`The control “${name}”`, measure) },
    ],
  );
  return {
    ...stated,
    subject: watch("The subject", stated.subject),
    controls: Object.fromEntries(controls),
  };
}

/** The example of the file that is being tested. */
function exampleFile(): string {
  const { testPath = "" } = expect.getState();
  return `examples/${basename(testPath, ".test.ts")}.ts`;
}

/** What to say of a claim that does not stand, to who broke it. */
export function explain(
  id: string,
  { figure, unit, bound, subject, controls }: MeasuredClaim,
  fault: Fault,
): string {
  const slug = basename(expect.getState().testPath ?? "", ".test.ts");
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
    `machine: load ${loadavg()[0]!.toFixed(1)}, ${subject.length} run(s), Node ${process.versions.node}`,
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
