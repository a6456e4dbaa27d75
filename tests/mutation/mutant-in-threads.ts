/**
 * Makes the mutant active in threads and child processes too. Stryker tells
 * this process of it, and what is started here knows the environment only.
 * Functions that are explored in every order are cut out of the example, and
 * find the constant of `fast-mutants.ts` among the globals.
 */
import { inject } from "vitest";

const mutant = inject("activeMutant" as never) as string | undefined;
if (mutant === undefined) delete process.env["__STRYKER_ACTIVE_MUTANT__"];
else process.env["__STRYKER_ACTIVE_MUTANT__"] = mutant;
Object.assign(globalThis, { active_9fa48: mutant });
