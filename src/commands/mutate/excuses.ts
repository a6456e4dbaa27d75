import type { Excuse } from "../../book/mutation.ts";
import type { Mutant } from "./mutants.ts";

/** An excuse that is no longer what its file is like. */
export interface Outdated {
  excuse: Excuse;
  /** How many broken versions of its text survive. */
  survivors: number;
}

/** What counts of the broken versions of a file, and what is excused. */
export interface Verdict {
  caught: Mutant[];
  /** What no test noticed, and nothing excuses. */
  survivors: Mutant[];
  excused: Mutant[];
  outdated: Outdated[];
}

/**
 * Takes from a file's broken versions those that are excused.
 *
 * An excuse names a text, which may stand in several places. Where more of them
 * survive than it is for, nobody can tell which it meant: it excuses none.
 */
export function judge(
  mutants: readonly Mutant[],
  excuses: readonly Excuse[],
): Verdict {
  const passed = mutants.filter(({ isCaught }) => !isCaught);
  const matches = excuses.map((excuse) => ({
    excuse,
    covered: passed.filter((mutant) => isOf(mutant, excuse)),
  }));
  const excused = new Set(
    matches
      .filter(({ excuse, covered }) => covered.length <= excuse.times)
      .flatMap(({ covered }) => covered),
  );
  return {
    caught: mutants.filter(({ isCaught }) => isCaught),
    survivors: passed.filter((mutant) => !excused.has(mutant)),
    excused: [...excused],
    outdated: matches
      .filter(({ excuse, covered }) => covered.length !== excuse.times)
      .map(({ excuse, covered }) => ({ excuse, survivors: covered.length })),
  };
}

function isOf(mutant: Mutant, { original, replacement }: Excuse): boolean {
  return mutant.original === original && mutant.replacement === replacement;
}
