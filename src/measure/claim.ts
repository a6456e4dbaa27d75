import { loadavg } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import type { Claim, Measure } from "./measure-claim.ts";
import { faultOf, measureClaim } from "./measure-claim.ts";
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
export const TIMEOUT_MS = Number(process.env["CLAIM_TIMEOUT_MS"] ?? 60_000);
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
    if (!fault) return;
    const slug = basename(expect.getState().testPath ?? "", ".test.ts");
    const machine = `load ${loadavg()[0]!.toFixed(1)}, Node ${process.versions.node}`;
    expect.fail(explain(slug, id, measured, fault, machine));
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
          hung = `${what} of the claim ${id} did not end within ${TIMEOUT_MS / 1000} s. It waits for what never comes: look at what it awaits in ${files()}.`;
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

/** The example of the file that is being tested, and that file. */
function files(): string {
  const name = basename(expect.getState().testPath ?? "");
  return `examples/${basename(name, ".test.ts")}.ts and tests/claims/${name}`;
}
