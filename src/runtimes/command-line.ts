import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { allExamples } from "../book/examples.ts";
import { filesOf } from "../book/files.ts";
import type { Outcome } from "../book/runtimes.ts";
import type { Place, Told } from "./place.ts";
import { HUNG_AFTER_MS, outcomeOf } from "./place.ts";

/** What else the stage needs than examples and claims. */
const MEASURING = ["src/measure", "src/runtimes/in-runtime.ts"];

/**
 * Gets a runtime of the command line ready: a folder has the examples and their
 * claims as they are, but that `#claim` is the one without Vitest and nothing
 * is the program that was started.
 *
 * @param binary its path
 * @param slugs what will be measured
 * @param hungAfterMs when a run that has not ended is taken to hang
 */
export async function openCommandLine(
  binary: string,
  slugs: readonly string[],
  hungAfterMs = HUNG_AFTER_MS,
): Promise<Place> {
  const stage = await mkdtemp(join(tmpdir(), "runtime-"));
  const [version = ""] = /\d+\.\d+\.\d+/.exec(
    execFileSync(binary, ["--version"], { encoding: "utf8" }),
  )!;
  for (const path of MEASURING) {
    cpSync(path, join(stage, path), { recursive: true });
  }
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(stage, file)), { recursive: true });
    writeFileSync(join(stage, file), text);
  };
  put("package.json", '{ "type": "module" }');
  // A claim may have another slug's program for a control.
  for (const slug of allExamples()) {
    const { example } = filesOf(slug);
    const source = readFileSync(example, "utf8");
    put(`alone/${slug}.ts`, source);
    put(example, source.replaceAll("import.meta.main ?? true", "false"));
  }
  for (const slug of slugs) {
    const { test } = filesOf(slug);
    const claims = readFileSync(test, "utf8");
    const measuring = '"../../src/measure/without-vitest.ts"';
    put(test, claims.replaceAll('"#claim"', measuring));
  }
  const start = startIn(binary, stage, hungAfterMs);
  const hung = { hungAfter: hungAfterMs / 1000 };
  return {
    version,
    async measure(slug, id, runs) {
      const { outcome, ...ended } = await measure(start, slug, id, runs);
      if (outcome) return outcome;
      return ended.hung ? hung : { failed: failureOf(ended) };
    },
    async runProgram(slug) {
      const ended = await start(`alone/${slug}.ts`, [], () => {});
      if (ended.hung) return hung;
      if (ended.exitCode === 0) return { ended: true };
      return { failed: failureOf(ended) };
    },
    close: () => rm(stage, { recursive: true, maxRetries: 3 }),
  };
}

interface Ended {
  hung: boolean;
  exitCode: number | null;
  /** The lines that it wrote to standard error. */
  errors: string[];
}

/**
 * Runs a file to its end.
 *
 * @param onLine is given each line that it prints, and what puts off its end
 */
type Start = (
  file: string,
  args: string[],
  onLine: (line: string, putOff: () => void) => void,
) => Promise<Ended>;

function startIn(binary: string, stage: string, hungAfterMs: number): Start {
  const isDeno = /\bdeno(\.exe)?$/.test(binary);
  // It would ask for leave to read, and look for what this project imports.
  const flags = isDeno ? ["run", "--allow-all", "--no-lock", "--quiet"] : [];
  const { NODE_OPTIONS: _, ...env } = process.env;
  return (file, args, onLine) =>
    new Promise((resolve, reject) => {
      const child = spawn(binary, [...flags, file, ...args], {
        cwd: stage,
        env: { ...env, DENO_NO_UPDATE_CHECK: "1" },
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, which ends as a whole.
        detached: process.platform !== "win32",
      });
      const end = () => {
        if (process.platform === "win32") return void child.kill("SIGKILL");
        try {
          process.kill(-child.pid!, "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      };
      const errors: string[] = [];
      let hung = false;
      let watchdog: NodeJS.Timeout | undefined;
      const watch = () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => {
          hung = true;
          end();
        }, hungAfterMs);
      };
      watch();
      createInterface(child.stdout).on("line", (line) => onLine(line, watch));
      createInterface(child.stderr).on("line", (line) =>
        errors.push(line.replaceAll(stage, "")),
      );
      child.once("error", reject);
      child.once("close", (exitCode) => {
        clearTimeout(watchdog);
        end();
        resolve({ hung, exitCode, errors });
      });
    });
}

/** Measures a claim; there is no outcome if it did not come to one. */
async function measure(
  start: Start,
  slug: string,
  id: string,
  runs: number,
): Promise<Ended & { outcome: Outcome | undefined }> {
  let outcome: Outcome | undefined;
  const ended = await start(
    "src/runtimes/in-runtime.ts",
    [slug, id, String(runs)],
    (line, putOff) => {
      if (!line.startsWith("\0")) return;
      const told = JSON.parse(line.slice(1)) as Told;
      if ("run" in told) putOff();
      else outcome = "end" in told ? outcomeOf(told.end) : told;
    },
  );
  return { ...ended, outcome };
}

/** Why a process ended, in one line. */
function failureOf({ exitCode, errors }: Ended): string {
  const said = errors.find((line) => /\berror\b/i.test(line)) ?? errors.at(-1);
  return `It ended with ${exitCode}${said === undefined ? "" : `: ${said.trim()}`}`;
}
