/**
 * `npm run record [slug …]`: runs each program alone, repeats each of its
 * claims, and writes what was measured as the evidence that the pages show.
 * With `--runtime` it measures the claims on another runtime.
 */
import { existsSync } from "node:fs";
import type { Evidence } from "../book/evidence.ts";
import { checksumOf } from "../book/checksum.ts";
import { hashesOf } from "../book/code-hash.ts";
import { evidenceSchema } from "../book/evidence.ts";
import type { Program } from "../book/programs.ts";
import { PROGRAM_LANGUAGES } from "../book/programs.ts";
import { checkedSource } from "../book/source.ts";
import { readText } from "../book/text.ts";
import { fromZero } from "../measure/from-zero.ts";
import type { Span } from "../measure/spans.ts";
import { measureClaims } from "../measure/measure-claims.ts";
import type { Run } from "../measure/run-example.ts";
import { toTrace } from "../measure/trace-format.ts";
import {
  command,
  CommandError,
  programsIn,
  slugsOf,
  wholeNumber,
} from "./frame/command.ts";
import type { Runner } from "./frame/runner.ts";
import { runnerOf } from "./frame/runner.ts";
import { writeJson } from "./frame/write-json.ts";
import { writeWhole } from "./frame/write-whole.ts";
import { hereAndNow } from "./record/here-and-now.ts";

const USAGE = `Usage: npm run record -- [slug …] [--in LANGUAGE] [--trace FILE]
       npm run record -- --runtime NAME [--runs N] [--fallen FILE] [slug …]

  slug            whose programs to record; those of all notes if none is named
  --in LANGUAGE   ${PROGRAM_LANGUAGES.join(" or ")} only
  --trace FILE    write the run of one slug in Chrome's trace event format too
  --runtime NAME  measure the claims there and leave the evidence: node22,
                  node26, deno, bun, chromium, firefox, webkit, some of them
                  with commas between, or all
  --runs N        how often to measure each claim there (default 10)
  --fallen FILE   write down which claims held there before and do not now`;

/** The quietest of these gives the page its output and its timeline. */
const PROGRAM_RUNS = 5;
const CLAIM_RUNS = 20;
const RUNS_ELSEWHERE = 10;
/** When an example that has not ended is taken to hang; tests hang sooner. */
const TIMEOUT_MS = Number(process.env["RECORD_TIMEOUT_MS"] ?? 30_000);

export const main = command({
  usage: USAGE,
  options: {
    in: { type: "string" },
    trace: { type: "string" },
    runtime: { type: "string" },
    runs: { type: "string" },
    fallen: { type: "string" },
  },
  run,
});

interface Values {
  in?: string | undefined;
  trace?: string | undefined;
  runtime?: string | undefined;
  runs?: string | undefined;
  fallen?: string | undefined;
}

async function run(values: Values, positionals: string[]): Promise<void> {
  const slugs = slugsOf(positionals);
  if (values.runtime !== undefined) {
    return runElsewhere(values.runtime, slugs, values);
  }
  if (values.runs !== undefined || values.fallen !== undefined) {
    throw new CommandError("--runs and --fallen go with --runtime NAME.");
  }
  const programs = programsIn(values.in, slugs);
  programs.forEach(checkSources);
  if (values.trace !== undefined && slugs.length !== 1) {
    throw new CommandError(
      `--trace FILE takes one slug, not ${slugs.length}: npm run record -- busy-wait --trace busy-wait.json`,
    );
  }
  for (const program of programs) {
    const runner = runnerOf(program);
    if ("missing" in runner) {
      const { example } = program;
      console.log(`${example}: left out, since it needs ${runner.missing}.`);
      continue;
    }
    const evidence = await record(program, runner);
    await writeJson(program.evidence, evidence);
    // The trace is that of the main program.
    if (values.trace !== undefined && program === programs[0]) {
      const trace = toTrace(program.example, evidence);
      await writeWhole(values.trace, JSON.stringify(trace));
    }
  }
}

/** What is not there is said, and is a mistake only if it was asked for by name. */
async function runElsewhere(
  name: string,
  slugs: readonly string[],
  { runs, fallen, trace, in: language }: Values,
): Promise<void> {
  if (trace !== undefined || language !== undefined) {
    throw new CommandError(
      "--trace and --in are about the evidence: drop them, or --runtime.",
    );
  }
  // Vite, browsers and binaries are no part of recording evidence.
  const { recordElsewhere, runtimesNamed } =
    await import("./record/elsewhere.ts");
  const options = {
    runs: wholeNumber("--runs", runs ?? `${RUNS_ELSEWHERE}`, 1),
    fallen,
    tell: progress,
  };
  for (const runtime of runtimesNamed(name)) {
    if (await recordElsewhere(runtime, slugs, options)) continue;
    const message = `${runtime} is not installed here: CONTRIBUTING.md says what it takes.`;
    if (name !== "all") throw new CommandError(message);
    progress(`${message}\n`);
  }
}

function checkSources({ example, test }: Program): void {
  if (!existsSync(test)) {
    throw new CommandError(
      `There is no ${test}. State at least two claims there, then record again.`,
    );
  }
  for (const file of [example, test]) checkedSource(readText(file), file);
}

async function record(program: Program, runner: Runner): Promise<Evidence> {
  const { slug, language, test, id } = program;
  const hash = hashesOf(slug, language);
  const run = await quietestRun(program, runner);
  const claims = await measureClaims(test, CLAIM_RUNS, (done) =>
    progress(`${id}: ${done}`),
  );
  if ("failure" in claims) {
    throw new CommandError(
      `${id}: nothing was recorded, since not every claim held.\n${claims.failure}`,
    );
  }
  const explored = Object.keys(claims.inEveryOrder).length;
  const count = Object.keys(claims.claims).length + explored;
  const inOrders = explored > 0 ? ` (${explored} in every order)` : "";
  progress(`${id}: recorded, claims: ${count}${inOrders}\n`);
  const evidence = evidenceSchema.parse({
    hash,
    recorded: { ...hereAndNow(), ...runner.recorded },
    ...asRecorded(run),
    claims: claims.claims,
    inEveryOrder: claims.inEveryOrder,
  } satisfies Record<Exclude<keyof Evidence, "checksum">, unknown>);
  return { ...evidence, checksum: checksumOf(evidence) };
}

/** The run whose spans took the least time: others measured the machine too. */
async function quietestRun(program: Program, runner: Runner): Promise<Run> {
  const runs: Run[] = [];
  for (let run = 1; run <= PROGRAM_RUNS; run++) {
    progress(`${program.id}: run ${run} of ${PROGRAM_RUNS}`);
    runs.push(await runOnce(program, runner));
  }
  const took = ({ spans }: Run) =>
    Math.max(...spans.map(({ end }) => end)) - spans[0]!.start;
  return runs.reduce((best, run) => (took(run) < took(best) ? run : best));
}

async function runOnce(
  { example }: Program,
  { run: start, print, measure, early }: Runner,
): Promise<Run> {
  const run = await start(TIMEOUT_MS);
  const problem = run.hung
    ? `was still running after ${TIMEOUT_MS / 1000} s and was ended`
    : run.exitCode !== 0
      ? `ended with status ${run.exitCode}:\n${run.errors.trimEnd()}`
      : run.output === ""
        ? `printed nothing: it ended before any ${print}. Either it has none, or ${early}`
        : run.spans.length === 0
          ? `measured nothing: it ended before any ${measure}. Either it has none, or ${early}`
          : undefined;
  if (problem === undefined) return run;
  throw new CommandError(`${example} ${problem}`);
}

/** Times from the first entry on, in steps of 1 µs, and defaults left out. */
function asRecorded(run: Run) {
  const { spans, points } = fromZero(run);
  const ms = (time: number) => Number(time.toFixed(3));
  const lane = ({ name, track, thread }: Omit<Span, "start" | "end">) => ({
    name,
    ...(track !== name && { track }),
    ...(thread !== 0 && { thread }),
  });
  return {
    output: run.output.split("\n"),
    spans: spans.map((span) => ({
      ...lane(span),
      start: ms(span.start),
      end: ms(span.end),
      ...(span.cpu !== undefined && { cpu: ms(span.cpu) }),
      ...(span.idle !== undefined && { idle: ms(span.idle) }),
      ...(span.turns !== undefined && { turns: span.turns }),
      ...(span.samples && { samples: span.samples.map(ms) }),
    })),
    points: points.map((point) => ({ ...lane(point), at: ms(point.at) })),
  };
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
  else process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

if (import.meta.main) process.exitCode = await main();
