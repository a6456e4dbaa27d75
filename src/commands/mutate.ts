/**
 * `npm run mutate [slug …]`: breaks each example in every way that Stryker
 * knows, one at a time, and says which broken versions its claims let pass.
 */
import { globSync, readFileSync } from "node:fs";
import { hashesOf } from "../book/code-hash.ts";
import { filesOf } from "../book/files.ts";
import type { Excuse, Mutation } from "../book/mutation.ts";
import { excusesSchema } from "../book/mutation.ts";
import type { Outdated, Verdict } from "./mutate/excuses.ts";
import { judge } from "./mutate/excuses.ts";
import type { Mutant } from "./mutate/mutants.ts";
import { testMutants } from "./mutate/mutants.ts";
import { command, CommandError, slugsOf } from "./frame/command.ts";
import { writeJson } from "./frame/write-json.ts";

const USAGE = `Usage: npm run mutate -- [slug …]
       npm run mutate -- --code [path …]

  slug    whose example to break; those of all notes if none is named
  --code  break what measures, explores and draws, against the unit tests
  path    a file or folder of it to break; all of it if none is named`;

/** What of the broken versions that are not excused has to be noticed. */
const GOAL = 0.9;
const EXCUSED_FILE = "tests/mutation/excused.json";
/** What measures, what explores, what draws, and what prints a figure. */
const CODE = [
  "src/measure/**/*.ts",
  "src/orders/**/*.ts",
  "src/draw/**/*.ts",
  "src/build/{drawings,order-words}.ts",
];

export const main = command({
  usage: USAGE,
  options: { code: { type: "boolean", default: false } },
  run,
});

async function run(
  values: { code: boolean },
  positionals: string[],
): Promise<number> {
  if (values.code) return (await mutateCode(positionals)) ? 0 : 1;
  const slugs = slugsOf(positionals);
  let isReached = true;
  for (const slug of slugs) isReached = (await mutate(slug)) && isReached;
  return isReached ? 0 : 1;
}

async function mutateCode(paths: readonly string[]): Promise<boolean> {
  const files = codeIn(paths);
  const mutants = await testMutants({
    files,
    vitestConfig: "tests/mutation/code.config.ts",
    related: true,
  });
  const verdicts = files.map((file) =>
    judge(
      mutants.filter((mutant) => mutant.file === file),
      excusesOf(file),
    ),
  );
  return report("code", {
    caught: verdicts.flatMap(({ caught }) => caught),
    survivors: verdicts.flatMap(({ survivors }) => survivors),
    excused: verdicts.flatMap(({ excused }) => excused),
    outdated: verdicts.flatMap(({ outdated }) => outdated),
  });
}

/**
 * The files of the code at these paths, or all of them if none is named.
 *
 * @throws CommandError if there are none at one of them
 */
function codeIn(paths: readonly string[]): string[] {
  const files = CODE.flatMap((pattern) => globSync(pattern).sort()).map(
    (file) => file.replaceAll("\\", "/"),
  );
  const named = paths.map((path) => path.replace(/\/$/, ""));
  const isAt = (path: string) => (file: string) =>
    file === path || file.startsWith(`${path}/`);
  const empty = named.find((path) => !files.some(isAt(path)));
  if (empty !== undefined) {
    throw new CommandError(
      `Nothing at “${empty}” is broken by --code, but only ${CODE.join(", ")}.`,
    );
  }
  if (named.length === 0) return files;
  return files.filter((file) => named.some((path) => isAt(path)(file)));
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
  const verdict = judge(mutants, excusesOf(slug));
  const { caught, survivors, excused } = verdict;
  const { example: exampleHash, test } = hashesOf(slug);
  const score: Mutation = {
    hash: { example: exampleHash!, test: test! },
    caught: caught.length,
    of: caught.length + survivors.length,
    excused: excused.length,
  };
  await writeJson(mutation, score);
  return report(slug, verdict);
}

/** Prints what passed unnoticed, and tells whether the goal is reached. */
function report(
  name: string,
  { caught, survivors, excused, outdated }: Verdict,
): boolean {
  survivors.forEach((mutant) => console.log(said(mutant)));
  for (const mutant of caught.filter(({ neverEnded }) => neverEnded)) {
    console.log(`${said(mutant)}  (caught: it never ended)`);
  }
  outdated.forEach((one) => console.log(saidOfOutdated(name, one)));
  const of = caught.length + survivors.length;
  console.log(
    `${name}: ${caught.length} of ${of} broken versions are caught, ${excused.length} excused.`,
  );
  return caught.length >= GOAL * of && outdated.length === 0;
}

function saidOfOutdated(
  name: string,
  { excuse: { original, replacement, times }, survivors }: Outdated,
): string {
  return `${EXCUSED_FILE}: “${name}” excuses ${times} of these, and ${survivors} survive: ${original}  →  ${replacement}`;
}

function said({ file, line, original, replacement }: Mutant): string {
  return `${file}:${line}: ${original}  →  ${replacement}`;
}

function excusesOf(name: string): readonly Excuse[] {
  const all = JSON.parse(readFileSync(EXCUSED_FILE, "utf8")) as unknown;
  return excusesSchema.parse(all)[name] ?? [];
}

if (import.meta.main) process.exitCode = await main();
