/**
 * Takes Stryker's counting of what runs out of the mutated example. It takes
 * ten times as long as the loops that it counts in, and, as it sees no thread
 * and no child process, would have their broken code tried against no test.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { filesOf } from "../../src/book/files.ts";

const COUNTING = "function stryCov_9fa48() {";

export default function setup(): void {
  const { example } = filesOf(process.env["MUTATED_SLUG"]!);
  const source = readFileSync(example, "utf8");
  if (!source.includes(`${COUNTING}\n  var`)) return;
  writeFileSync(example, source.replace(COUNTING, `${COUNTING}\n  return;`));
}
