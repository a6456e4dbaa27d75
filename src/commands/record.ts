/**
 * `npm run record [slug …]`: runs each example alone, repeats each of its
 * claims, and writes what was measured as the evidence that the pages show.
 */
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import * as prettier from "prettier";
import type { Evidence } from "../book/evidence.ts";
import { checksumOf } from "../book/checksum.ts";
import { hashesOf } from "../book/code-hash.ts";
import { evidenceSchema } from "../book/evidence.ts";
import { filesOf } from "../book/files.ts";
import { checkedSource } from "../book/source.ts";
import { readText } from "../book/text.ts";
import { fromZero } from "../measure/from-zero.ts";
import type { Span } from "../measure/spans.ts";
import { measureClaims } from "../measure/measure-claims.ts";
import type { Run } from "../measure/run-example.ts";
import { runExample } from "../measure/run-example.ts";
import { toTrace } from "../measure/trace-format.ts";
import { command, CommandError, slugsOf } from "./frame/command.ts";
import { writeWhole } from "./frame/write-whole.ts";

const USAGE = `Usage: npm run record -- [slug …] [--trace FILE]

  slug          which examples to record; all of them if none is named
  --trace FILE  write the run of one slug in Chrome's trace event format too`;

/** The quietest of these gives the page its output and its timeline. */
const PROGRAM_RUNS = 5;
const CLAIM_RUNS = 20;
/** When an example that has not ended is taken to hang; tests hang sooner. */
const TIMEOUT_MS = Number(process.env["RECORD_TIMEOUT_MS"] ?? 30_000);

export const main = command({
  usage: USAGE,
  options: { trace: { type: "string" } },
  run,
});

async function run(
  values: { trace?: string | undefined },
  positionals: string[],
): Promise<void> {
  const slugs = slugsOf(positionals);
  slugs.forEach(checkSources);
  if (values.trace !== undefined && slugs.length !== 1) {
    throw new CommandError(
      `--trace FILE takes one slug, not ${slugs.length}: npm run record -- busy-wait --trace busy-wait.json`,
    );
  }
  for (const slug of slugs) {
    const evidence = await record(slug);
    await writeWhole(
      filesOf(slug).evidence,
      await prettier.format(JSON.stringify(evidence), { parser: "json" }),
    );
    if (values.trace !== undefined) {
      await writeWhole(values.trace, JSON.stringify(toTrace(slug, evidence)));
    }
  }
}

function checkSources(slug: string): void {
  const { example, test } = filesOf(slug);
  if (!existsSync(test)) {
    throw new CommandError(
      `There is no ${test}. State at least two claims there, then record again.`,
    );
  }
  for (const file of [example, test]) checkedSource(readText(file), file);
}

async function record(slug: string): Promise<Evidence> {
  const { test } = filesOf(slug);
  const hash = hashesOf(slug);
  const run = await quietestRun(slug);
  const claims = await measureClaims(test, CLAIM_RUNS, (done) =>
    progress(`${slug}: ${done}`),
  );
  if ("failure" in claims) {
    throw new CommandError(
      `${slug}: nothing was recorded, since not every claim held.\n${claims.failure}`,
    );
  }
  progress(`${slug}: recorded, claims: ${Object.keys(claims.claims).length}\n`);
  const evidence = evidenceSchema.parse({
    hash,
    recorded: {
      date: new Date().toISOString().slice(0, 10),
      runtime: `Node ${process.versions.node}`,
      os: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
    },
    ...asRecorded(run),
    claims: claims.claims,
    inEveryOrder: claims.inEveryOrder,
  } satisfies Record<Exclude<keyof Evidence, "checksum">, unknown>);
  return { ...evidence, checksum: checksumOf(evidence) };
}

/** The run whose spans took the least time: others measured the machine too. */
async function quietestRun(slug: string): Promise<Run> {
  const runs: Run[] = [];
  for (let run = 1; run <= PROGRAM_RUNS; run++) {
    progress(`${slug}: run ${run} of ${PROGRAM_RUNS}`);
    runs.push(await runOnce(slug));
  }
  const took = ({ spans }: Run) =>
    Math.max(...spans.map(({ end }) => end)) - spans[0]!.start;
  return runs.reduce((best, run) => (took(run) < took(best) ? run : best));
}

async function runOnce(slug: string): Promise<Run> {
  const { example } = filesOf(slug);
  const run = await runExample(example, TIMEOUT_MS);
  const problem = run.hung
    ? `was still running after ${TIMEOUT_MS / 1000} s and was ended`
    : run.exitCode !== 0
      ? `ended with status ${run.exitCode}:\n${run.errors.trimEnd()}`
      : run.output === ""
        ? "printed nothing: it ended before any console.log. Either it has none, or main() waits for what nobody resolves, and Node ends when nothing is left to come"
        : run.spans.length === 0
          ? 'measured nothing: it ended before any performance.measure("name", { start }). Either it has none, or main() waits for what nobody resolves'
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
