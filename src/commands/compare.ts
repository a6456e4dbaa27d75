/**
 * `npm run compare [slug …]`: measures the claims on this machine and says
 * which figures of the evidence no run here comes near. CI shows it beside a
 * pull request: evidence that somebody made up has to be near what it measures.
 */
import { isDeepStrictEqual } from "node:util";
import type { Evidence } from "../book/evidence.ts";
import { parseEvidence } from "../book/evidence.ts";
import { farFigures } from "../book/far-figures.ts";
import type { Program } from "../book/programs.ts";
import { programsOf } from "../book/programs.ts";
import { readText } from "../book/text.ts";
import type { Measured } from "../measure/measure-claims.ts";
import { measureClaims } from "../measure/measure-claims.ts";
import { command, slugsOf, wholeNumber } from "./frame/command.ts";
import { runnerOf } from "./frame/runner.ts";

const USAGE = `Usage: npm run compare -- [--runs N] [slug …]

  --runs N  how often to measure each claim (default 3)
  slug      whose claims to measure; those of all examples if none is named`;

export const main = command({
  usage: USAGE,
  options: { runs: { type: "string", default: "3" } },
  run,
});

async function run(
  values: { runs: string },
  positionals: string[],
): Promise<void> {
  const runs = wholeNumber("--runs", values.runs, 1);
  const slugs = slugsOf(positionals);
  for (const program of slugs.flatMap((slug) => programsOf(slug))) {
    const notices = await noticesOf(program, runs);
    for (const notice of notices) tell(program.evidence, notice);
    if (notices.length === 0) {
      console.log(
        `${program.id}: every figure has a run here that comes near.`,
      );
    }
  }
}

async function noticesOf(program: Program, runs: number): Promise<string[]> {
  const { slug, evidence, test } = program;
  const runner = runnerOf(program);
  if ("missing" in runner) return [`Not compared: it needs ${runner.missing}.`];
  const recorded = parseEvidence(readText(evidence), slug, program);
  return compare(recorded, await measureClaims(test, runs, () => {}));
}

function compare(recorded: Evidence, measured: Measured): string[] {
  if ("failure" in measured) return [`Not compared: ${measured.failure}`];
  const { cpu, cores } = recorded.recorded;
  const far = Object.entries(recorded.claims).flatMap(([id, claim]) => {
    const here = measured.claims[id];
    const said = here ? farFigures(claim, here) : ["the test has none"];
    return said.map(
      (what) => `Claim ${id}: ${what}. Recorded on ${cpu}, ${cores} cores.`,
    );
  });
  const orders = Object.entries(recorded.inEveryOrder)
    // What was explored is the same on every machine.
    .filter(([id, claim]) => !isSame(claim, measured.inEveryOrder[id]))
    .map(([id]) => `Claim ${id}: other orders were recorded than are here.`);
  return [...far, ...orders];
}

/** Whether two values are one in JSON, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value ?? null)) as unknown;
  return isDeepStrictEqual(plain(a), plain(b));
}

/** As GitHub shows it beside the file, or plainly. */
function tell(file: string, notice: string): void {
  if (process.env["GITHUB_ACTIONS"] === undefined) {
    console.log(`${file}: ${notice}`);
    return;
  }
  // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  const escaped = notice
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
  console.log(`::notice file=${file},line=1::${escaped}`);
}

if (import.meta.main) process.exitCode = await main();
