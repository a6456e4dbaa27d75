/**
 * `npm run mutate [slug …]`: breaks each example in every way that Stryker
 * knows, one at a time, and says which broken versions its claims let pass.
 */
import { readFileSync } from "node:fs";
import { hashesOf } from "../book/code-hash.ts";
import { filesOf } from "../book/files.ts";
import type { Excuse, Mutation } from "../book/mutation.ts";
import { excusesSchema } from "../book/mutation.ts";
import type { Mutant } from "./mutate/mutants.ts";
import { testMutants } from "./mutate/mutants.ts";
import { command, slugsOf } from "./frame/command.ts";
import { writeJson } from "./frame/write-json.ts";

const USAGE = `Usage: npm run mutate -- [slug …]
       npm run mutate -- --code [file …]

  slug    whose example to break; those of all notes if none is named
  --code  break what measures and draws instead, against the unit tests
  file    what of it to break; all of it if none is named`;

/** What of the broken versions that are not excused has to be noticed. */
const GOAL = 0.9;
const EXCUSED_FILE = "tests/mutation/excused.json";
/** What measures, what draws, and what prints a figure. */
const CODE = ["src/measure/**/*.ts", "src/draw/**/*.ts"];

export const main = command({
  usage: USAGE,
  options: { code: { type: "boolean", default: false } },
  run,
});

async function run(
  values: { code: boolean },
  positionals: string[],
): Promise<number> {
  if (values.code) {
    const mutants = await testMutants({
      files: positionals.length > 0 ? positionals : CODE,
      vitestConfig: "tests/mutation/code.config.ts",
      related: true,
    });
    // Of some files only, the excuses of the others are not stale.
    const excuses = excusesOf("code").filter(
      (excuse) =>
        positionals.length === 0 ||
        mutants.some((mutant) => isExcused(mutant, [excuse])),
    );
    return report("code", mutants, excuses) ? 0 : 1;
  }
  const slugs = slugsOf(positionals);
  let isReached = true;
  for (const slug of slugs) isReached = (await mutate(slug)) && isReached;
  return isReached ? 0 : 1;
}

async function mutate(slug: string): Promise<boolean> {
  const { example, mutation } = filesOf(slug);
  // All but the guard in the last line, which no test imports as a program.
  const lines = readFileSync(example, "utf8").trimEnd().split("\n").length;
  process.env["MUTATED_SLUG"] = slug;
  const mutants = await testMutants({
    files: [`${example}:1-${lines - 1}`],
    vitestConfig: "tests/mutation/vitest.config.ts",
    related: false,
  });
  const excuses = excusesOf(slug);
  const judged = mutants.filter((mutant) => !isExcused(mutant, excuses));
  const { example: exampleHash, test } = hashesOf(slug);
  const score: Mutation = {
    hash: { example: exampleHash!, test: test! },
    caught: judged.filter(({ isCaught }) => isCaught).length,
    of: judged.length,
    excused: mutants.length - judged.length,
  };
  await writeJson(mutation, score);
  return report(slug, mutants, excuses);
}

/** Prints what passed unnoticed, and tells whether the goal is reached. */
function report(
  name: string,
  mutants: readonly Mutant[],
  excuses: readonly Excuse[],
): boolean {
  const judged = mutants.filter((mutant) => !isExcused(mutant, excuses));
  const survivors = judged.filter(({ isCaught }) => !isCaught);
  survivors.forEach((mutant) => console.log(said(mutant)));
  for (const mutant of mutants.filter(({ neverEnded }) => neverEnded)) {
    console.log(`${said(mutant)}  (caught: it never ended)`);
  }
  const stale = excuses.filter(
    (excuse) => !mutants.some((mutant) => isExcused(mutant, [excuse])),
  );
  for (const { original, replacement } of stale) {
    console.log(
      `${EXCUSED_FILE}: “${name}” excuses what no longer survives: ${original}  →  ${replacement}`,
    );
  }
  const caught = judged.length - survivors.length;
  console.log(
    `${name}: ${caught} of ${judged.length} broken versions are caught, ${mutants.length - judged.length} excused.`,
  );
  return caught >= GOAL * judged.length && stale.length === 0;
}

function said({ file, line, original, replacement }: Mutant): string {
  return `${file}:${line}: ${original}  →  ${replacement}`;
}

function excusesOf(name: string): readonly Excuse[] {
  const all = JSON.parse(readFileSync(EXCUSED_FILE, "utf8")) as unknown;
  return excusesSchema.parse(all)[name] ?? [];
}

function isExcused(
  { original, replacement, isCaught }: Mutant,
  excuses: readonly Excuse[],
): boolean {
  return (
    !isCaught &&
    excuses.some(
      (excuse) =>
        excuse.original === original && excuse.replacement === replacement,
    )
  );
}

if (import.meta.main) process.exitCode = await main();
