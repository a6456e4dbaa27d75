/**
 * Makes the mutant active in threads and child processes too. Stryker tells
 * this process of it, and what is started here knows the environment only.
 * Functions that are explored in every order may use nothing but what they are
 * given: in their text the constant of `fast-mutants.ts` is worked out.
 */
import { inject, vi } from "vitest";
import type * as ThreadCode from "../../src/orders/thread-code.ts";

const mutant = inject("activeMutant" as never) as string | undefined;
if (mutant === undefined) delete process.env["__STRYKER_ACTIVE_MUTANT__"];
else process.env["__STRYKER_ACTIVE_MUTANT__"] = mutant;

vi.mock(import("../../src/orders/thread-code.ts"), async (original) => {
  const { threadFunctions } = await original();
  const given: typeof ThreadCode.threadFunctions = (source, file) =>
    threadFunctions(
      source.replace(/active_9fa48 === "(\d+)"/g, (_, id) =>
        String(id === mutant),
      ),
      file,
    );
  return { threadFunctions: given };
});
