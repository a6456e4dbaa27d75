/**
 * Makes the broken versions of an example as fast as the example. Stryker asks
 * in a function which of them is active, and counts what runs: in a loop over
 * primes both take eighty times as long as the loop. The active one stays the
 * same for a whole run, so a constant tells it.
 *
 * Without the count it also tries every broken version against all tests: the
 * count sees no thread and no child process.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { filesOf } from "../../src/book/files.ts";

const START = "\nstryNS_9fa48();\n";
/** First of all: it ends what starts itself again without end. */
export const GUARD = 'import "../tests/mutation/not-too-deep.ts";\n';
/** What can start itself. What is run in every order may import nothing. */
const STARTER = /from "node:(child_process|worker_threads)/;

export default function setup(): void {
  const { example } = filesOf(process.env["MUTATED_SLUG"]!);
  const source = readFileSync(example, "utf8");
  if (!source.includes(START) || source.includes("active_9fa48")) return;
  const fast = source
    .replace(
      START,
      `${START}const active_9fa48 = stryNS_9fa48().activeMutant;\n`,
    )
    .replace(/stryMutAct_9fa48\(("\d+")\)/g, "active_9fa48 === $1")
    .replace(/stryCov_9fa48\(("\d+",? ?)+\)/g, "0");
  writeFileSync(example, STARTER.test(source) ? GUARD + fast : fast);
}
