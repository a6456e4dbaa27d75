/**
 * `npm run stress [runs] [slug …]`: runs the timing tests again and again
 * beside processes that spin, twice as many as there are cores, and says how
 * often they failed.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { upperBound } from "../measure/upper-bound.ts";

const USAGE = `Usage: npm run stress -- [--runs N] [--hogs N] [slug …]

  --runs N  how often to run the timing tests (default 50)
  --hogs N  how many processes spin meanwhile (default: twice the cores)
  slug      whose tests to run; those of all examples if none is named`;
const LAST_LINES = 40;

const { values, positionals } = readArguments();
const runs = wholeNumber("--runs", values.runs, 50);
const hogs = wholeNumber("--hogs", values.hogs, 2 * availableParallelism());

const load = Array.from({ length: hogs }, () =>
  spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
);
const end = (): void => load.forEach((hog: ChildProcess) => hog.kill());
process.once("exit", end);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(130));
}

const tests = positionals.map((slug) => `tests/claims/${slug}.test.ts`);
const lengths: number[] = [];
let failures = 0;
for (let run = 1; run <= runs; run++) {
  const start = performance.now();
  const { code, output } = await runTests(tests);
  lengths.push((performance.now() - start) / 1000);
  if (code !== 0) {
    failures++;
    console.log(`run ${run} failed:`);
    console.log(output.trimEnd().split("\n").slice(-LAST_LINES).join("\n"));
  } else if (run % 10 === 0) {
    console.log(`${run} of ${runs} runs, ${failures} failed`);
  }
}
const percent = (rate: number) => `${(100 * rate).toFixed(2)} %`;
console.log(
  `${runs} runs beside ${hogs} spinning processes: ${failures} failed (${percent(failures / runs)}).`,
  `The true rate is below ${percent(upperBound(failures, runs))} (exact one-sided 95 % bound).`,
  `A run took ${Math.min(...lengths).toFixed(0)} to ${Math.max(...lengths).toFixed(0)} s.`,
);
process.exit(failures === 0 ? 0 : 1);

function readArguments() {
  try {
    return parseArgs({
      options: { runs: { type: "string" }, hogs: { type: "string" } },
      allowPositionals: true,
    });
  } catch (error) {
    return fail((error as Error).message);
  }
}

function wholeNumber(
  flag: string,
  value: string | undefined,
  otherwise: number,
): number {
  if (value === undefined) return otherwise;
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  return fail(`${flag} takes a whole number above 0, not “${value}”.`);
}

function fail(message: string): never {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(1);
}

function runTests(
  files: string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--project",
        "claims",
        ...files,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
