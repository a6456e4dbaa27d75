import { findPython } from "./find-python.ts";
import type { PythonPoint, PythonSpan } from "./run-python.ts";
import { evaluateInPython } from "./run-python.ts";

/** A dead man's switch, not a bound: a starved machine takes 15 s to start. */
const TIMEOUT_MS = Number(process.env["CLAIM_TIMEOUT_MS"] ?? 60_000);

/** What happened while an expression was evaluated. Times are in ms. */
export interface PythonObservation<Value> {
  value: Value;
  /** How long the evaluation took, without the start of Python. */
  wall: number;
  /** CPU time of its process meanwhile; that of its children is not in it. */
  cpu: number;
  /** In order of their start, from all threads and processes. */
  spans: PythonSpan[];
  points: PythonPoint[];
  /** What it printed, without the last line break. */
  output: string;
}

/**
 * Evaluates an expression in a program's module, in a fresh process: its `main`
 * does not run. The expression may await, and is awaited if it gives what can
 * be: `observePython("race", "at_once(deposit_with_gap)")`.
 *
 * @param slug of `examples/<slug>.py`
 * @returns its value as JSON gives it, and what was measured meanwhile
 * @throws with Python's traceback if it raises, ends, or does not end
 */
export function observePython<Value = number>(
  slug: string,
  expression: string,
): Promise<PythonObservation<Value>> {
  return observe(`examples/${slug}.py`, expression);
}

/** The same for any program, by its path from the project's root. */
export async function observe<Value>(
  program: string,
  expression: string,
  timeoutMs = TIMEOUT_MS,
): Promise<PythonObservation<Value>> {
  const python = findPython(program);
  if ("missing" in python) throw new Error(`It needs ${python.missing}.`);
  const run = await evaluateInPython(python, program, expression, timeoutMs);
  const where = `${expression}\n  in ${program}, ${python.runtime} (${python.command}),`;
  if (run.hung) {
    throw new Error(
      `${where} did not end within ${timeoutMs / 1000} s. It waits for what never comes: look at what it awaits or joins.\n${run.errors}`,
    );
  }
  if (run.evaluated === undefined) {
    throw new Error(
      `${where} gave no value, and ended with status ${run.exitCode}. Mend what Python names last:\n${run.errors || run.output}`,
    );
  }
  const { spans, points, output } = run;
  const told = JSON.parse(run.evaluated) as {
    value: Value;
    wall: number;
    cpu: number;
  };
  return { ...told, spans, points, output };
}
