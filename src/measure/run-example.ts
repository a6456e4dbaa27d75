import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Point, Span } from "./spans.ts";

const PRELOAD = new URL("preload.ts", import.meta.url).href;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What an example printed, and what it measured, in a process of its own. */
export interface Run {
  /** What it printed, without the last line break. */
  output: string;
  errors: string;
  /** `null` when a signal ended it. */
  exitCode: number | null;
  /** Whether it was still running after `timeoutMs` and had to be ended. */
  hung: boolean;
  /** Spans in order of their start, in ms on the process's own clock. */
  spans: Span[];
  points: Point[];
}

/**
 * Runs a TypeScript file alone in a fresh Node process and collects what it
 * measured, from all of its threads.
 *
 * @param file path from the project's root
 * @param timeoutMs when to end a run that has not ended by itself
 */
export async function runExample(
  file: string,
  timeoutMs = 30_000,
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "example-"));
  const spansFile = join(folder, "spans.jsonl");
  try {
    const ended = await start(file, spansFile, timeoutMs);
    return { ...ended, ...(await readSpans(spansFile)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function start(
  file: string,
  spansFile: string,
  timeoutMs: number,
): Promise<Omit<Run, "spans" | "points">> {
  return new Promise((resolve, reject) => {
    // NODE_OPTIONS, not an argument: worker threads inherit it.
    const child = spawn(process.execPath, [file], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${PRELOAD}`,
        SPANS_FILE: spansFile,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    let hung = false;
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    const watchdog = setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(watchdog);
      resolve({ output: output.trimEnd(), errors, exitCode, hung });
    });
  });
}

async function readSpans(
  file: string,
): Promise<{ spans: Span[]; points: Point[] }> {
  const text = await readFile(file, "utf8").catch(() => "");
  const entries = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Span | Point);
  const spans = entries.filter((entry) => "start" in entry);
  const points = entries.filter((entry) => "at" in entry);
  return {
    spans: spans.sort((a, b) => a.start - b.start || b.end - a.end),
    points: points.sort((a, b) => a.at - b.at),
  };
}
