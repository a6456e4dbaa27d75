import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase } from "vitest/node";
import { startVitest } from "vitest/node";
import type { MeasuredClaim } from "./measured-claim.ts";
import type { MeasuredInEveryOrder } from "./measured-orders.ts";

/** What came of a test file: all of its claims, or why there are none. */
export type Measured =
  | {
      claims: Record<string, MeasuredClaim>;
      inEveryOrder: Record<string, MeasuredInEveryOrder>;
    }
  | { failure: string };

/**
 * Runs the claims of one test file with Vitest, each of them `runs` times.
 *
 * @param onClaim is told of each claim as it ends, for a progress line
 */
export async function measureClaims(
  testFile: string,
  runs: number,
  onClaim: (progress: string) => void,
): Promise<Measured> {
  const tests: TestCase[] = [];
  const errors: string[] = [];
  const reporter: Reporter = {
    onTestCaseReady: (test) => onClaim(`${test.name}, ${runs} times`),
    onTestCaseResult: (test) => void tests.push(test),
    onTestModuleEnd: (module) =>
      void errors.push(...module.errors().map(({ message }) => message)),
  };
  process.env["CLAIM_RUNS"] = String(runs);
  const vitest = await startVitest([testFile], {
    run: true,
    watch: false,
    project: ["claims"],
    reporters: [reporter],
  });
  await vitest.close();

  for (const test of tests) {
    const result = test.result();
    if (result.state === "failed") {
      errors.push(...result.errors.map(({ message }) => message));
    }
    // It needs what this machine or runtime does not have.
    if (result.state === "skipped") errors.push(result.note ?? test.name);
  }
  // A failed claim is no failure of this process; its caller says what is.
  process.exitCode = 0;
  if (errors.length > 0) {
    return { failure: stripVTControlCharacters(errors.join("\n")) };
  }
  const claims = tests.flatMap((test) => test.meta().claim ?? []);
  if (claims.length === 0) return { failure: `${testFile} states no claim.` };
  const orders = tests.flatMap((test) => test.meta().inEveryOrder ?? []);
  const byId = <C extends { id: string }>(all: C[]) =>
    Object.fromEntries(all.map(({ id, ...claim }) => [id, claim]));
  return { claims: byId(claims), inEveryOrder: byId(orders) };
}
