/**
 * `npm run stress -- [--runs N] [slug …]`: runs the timing tests again and again
 * beside processes that spin, twice as many as there are cores, and says how
 * often they failed.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { programsOf } from "../book/programs.ts";
import { command, slugsOf, wholeNumber } from "./frame/command.ts";
import { upperBound } from "../measure/upper-bound.ts";

const USAGE = `Usage: npm run stress -- [--runs N] [--hogs N] [slug …]

  --runs N  how often to run the timing tests (default 50)
  --hogs N  how many processes spin meanwhile (default: twice the cores)
  slug      whose tests to run; those of all examples if none is named`;
const LAST_LINES = 40;

export const main = command({
  usage: USAGE,
  options: {
    runs: { type: "string", default: "50" },
    hogs: { type: "string", default: String(2 * availableParallelism()) },
  },
  run,
});

async function run(
  values: { runs: string; hogs: string },
  positionals: string[],
): Promise<number> {
  const runs = wholeNumber("--runs", values.runs, 1);
  const hogs = wholeNumber("--hogs", values.hogs, 0);
  const programs = slugsOf(positionals).flatMap((slug) => programsOf(slug));
  const tests = programs.map(({ test }) => test);
  const load = Array.from({ length: hogs }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  const end = (): void => load.forEach((hog: ChildProcess) => hog.kill());
  process.once("exit", end);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => process.exit(130));
  }

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
  end();
  return failures === 0 ? 0 : 1;
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

if (import.meta.main) process.exitCode = await main();
