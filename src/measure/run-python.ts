import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Python } from "./find-python.ts";
import type { Point, Span } from "./spans.ts";

const WATCH = fileURLToPath(new URL("python", import.meta.url));
const EVALUATE = join(WATCH, "evaluate.py");
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HAS_GROUPS = process.platform !== "win32";

/** A span of a Python program, with the process that measured it. */
export interface PythonSpan extends Span {
  /** 0 is the program's own, its children are numbered as they appear. */
  process: number;
}
/** A point of a Python program, with the process that marked it. */
export interface PythonPoint extends Point {
  process: number;
}

/** What a Python program printed and measured, in a process of its own. */
export interface PythonRun {
  /** What it printed, without the last line break. */
  output: string;
  errors: string;
  /** `null` when a signal ended it. */
  exitCode: number | null;
  /** Whether it was still running after `timeoutMs` and had to be ended. */
  hung: boolean;
  /**
   * In order of their start, in ms on the clock of `time.perf_counter`. Threads
   * are numbered over all processes as they appear, the main thread as 0.
   */
  spans: PythonSpan[];
  points: PythonPoint[];
  /** The JSON that evaluating gave; nothing if a program ran as it is. */
  evaluated: string | undefined;
}

/**
 * Runs a Python program in a fresh process, as its reader does, and collects
 * what it measured, in all of its threads and processes.
 *
 * @param program its path from the project's root
 * @param timeoutMs when to end a run that has not ended by itself
 */
export function runPython(
  python: Python,
  program: string,
  timeoutMs = 30_000,
): Promise<PythonRun> {
  return watched(python, [program], timeoutMs);
}

/**
 * Loads a Python program in a fresh process, not as its main one, and evaluates
 * an expression in it. The expression may await; its value has to be JSON.
 */
export function evaluateInPython(
  python: Python,
  program: string,
  expression: string,
  timeoutMs = 30_000,
): Promise<PythonRun> {
  return watched(python, [EVALUATE, program, expression], timeoutMs);
}

async function watched(
  python: Python,
  args: string[],
  timeoutMs: number,
): Promise<PythonRun> {
  const folder = await mkdtemp(join(tmpdir(), "python-"));
  const spansFile = join(folder, "spans.jsonl");
  const valueFile = join(folder, "value.json");
  try {
    const ended = await start(python, args, timeoutMs, {
      SPANS_FILE: spansFile,
      VALUE_FILE: valueFile,
    });
    const evaluated = await readFile(valueFile, "utf8").catch(() => undefined);
    return { ...ended, ...(await readSpans(spansFile)), evaluated };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function start(
  python: Python,
  args: string[],
  timeoutMs: number,
  files: Record<string, string>,
): Promise<Pick<PythonRun, "output" | "errors" | "exitCode" | "hung">> {
  return new Promise((resolve, reject) => {
    const paths = [WATCH, process.env["PYTHONPATH"] ?? []].flat();
    // -P: without it a program named fastapi.py would import itself.
    const child = spawn(python.command, ["-P", ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        ...files,
        PYTHONPATH: paths.join(delimiter),
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUTF8: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, to end its children with it.
      detached: HAS_GROUPS,
    });
    const end = () => endWithChildren(child.pid);
    process.once("exit", end);
    let output = "";
    let errors = "";
    let hung = false;
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    const watchdog = setTimeout(() => {
      hung = true;
      end();
    }, timeoutMs);
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(watchdog);
      process.off("exit", end);
      resolve({ output: output.trimEnd(), errors, exitCode, hung });
    });
  });
}

/** Ends a process that leads a group, or on Windows a tree. */
function endWithChildren(pid: number | undefined): void {
  if (pid === undefined) return;
  if (!HAS_GROUPS) {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // They have all ended.
  }
}

async function readSpans(
  file: string,
): Promise<Pick<PythonRun, "spans" | "points">> {
  const text = await readFile(file, "utf8").catch(() => "");
  const processes = [0];
  const threads = ["0 0"];
  const entries = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as PythonSpan | PythonPoint)
    .map((entry) => ({
      ...entry,
      track: entry.name,
      process: numberOf(entry.process, processes),
      thread: numberOf(`${entry.process} ${entry.thread}`, threads),
    }));
  const spans = entries.filter((entry) => "start" in entry);
  const points = entries.filter((entry) => "at" in entry);
  return {
    spans: spans.sort((a, b) => a.start - b.start || b.end - a.end),
    points: points.sort((a, b) => a.at - b.at),
  };
}

/** The place of one among those known, which it joins if it is new. */
function numberOf<T>(one: T, known: T[]): number {
  const at = known.indexOf(one);
  return at >= 0 ? at : known.push(one) - 1;
}
