import { loadavg } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { findPython } from "./find-python.ts";
import type { Claim } from "./measure-claim.ts";
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

/**
 * States a claim about `examples/<slug>.py`, as `claim` of `#claim` does about
 * `examples/<slug>.ts`. Where there is no Python for the program, or the
 * machine lacks what the claim needs, the test is skipped and says why; where
 * the environment's `PYTHON` is not for the program, it fails.
 *
 * @param id the claim's name in the notes: `<Claim id="…">`
 */
export function claim(
  id: string,
  { needs = [], ...stated }: Claim & { needs?: readonly Need[] },
): void {
  // No timeout: each process that is observed has its own.
  test(id, { timeout: 0 }, async ({ task, skip }) => {
    const slug = basename(expect.getState().testPath ?? "", ".test.ts");
    const program = `examples/${slug}.py`;
    const lacks = (what: string) =>
      skip(`${id} cannot be measured here: it needs ${what}.`);
    // Named, it has to be there.
    const isNamed = process.env["PYTHON"] !== undefined;
    const python = findPython(program);
    if ("missing" in python && isNamed) {
      expect.fail(
        `PYTHON names none that can run it: needed is ${python.missing}.`,
      );
    }
    if ("missing" in python) return lacks(python.missing);
    const need = needs.find(missingNeed);
    if (need) return lacks(need);
    const measured = await measureClaim(stated, RUNS);
    task.meta.claim = { id, ...measured };
    const fault = faultOf(measured);
    if (!fault) return;
    const machine = `load ${loadavg()[0]!.toFixed(1)}, ${python.runtime}`;
    const said = explain(slug, id, measured, fault, machine);
    expect.fail(said.replace(`examples/${slug}.ts`, program));
  });
}
