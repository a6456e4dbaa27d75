/**
 * Makes the mutant active in threads and child processes too. Stryker tells
 * this process of it, and what is started here knows the environment only.
 */
import { afterAll, inject } from "vitest";

const mutant = inject("activeMutant" as never) as string | undefined;
if (mutant === undefined) delete process.env["__STRYKER_ACTIVE_MUTANT__"];
else process.env["__STRYKER_ACTIVE_MUTANT__"] = mutant;

// Stryker would run only the tests that covered the broken code here, and does
// not see what runs in threads and child processes.
afterAll(() => {
  delete (globalThis as { __stryker__?: { mutantCoverage?: unknown } })
    .__stryker__?.mutantCoverage;
});
