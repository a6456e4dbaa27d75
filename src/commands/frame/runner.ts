import type { Program } from "../../book/programs.ts";
import { findPython } from "../../measure/find-python.ts";
import type { Run } from "../../measure/run-example.ts";
import { runExample } from "../../measure/run-example.ts";
import { runPython } from "../../measure/run-python.ts";

/** What runs a program, and how its language says things. */
export interface Runner {
  /** What evidence says of it. */
  recorded: { runtime: string; packages?: Record<string, string> };
  /** @param timeoutMs when to end a run that has not ended by itself */
  run: (timeoutMs?: number) => Promise<Run>;
  /** What a program prints with. */
  print: string;
  /** What a program measures with. */
  measure: string;
  /** Why a program ends early without a word. */
  early: string;
}

/** What runs a program here, or what it needs and is not here. */
export function runnerOf({
  language,
  example,
}: Program): Runner | { missing: string } {
  if (language === "typescript") {
    return {
      recorded: { runtime: `Node ${process.versions.node}` },
      run: (timeoutMs) => runExample(example, timeoutMs),
      print: "console.log",
      measure: 'performance.measure("name", { start })',
      early:
        "main() waits for what nobody resolves, and Node ends when nothing is left to come",
    };
  }
  const python = findPython(example);
  if ("missing" in python) return python;
  const { runtime, packages } = python;
  const hasSome = Object.keys(packages).length > 0;
  return {
    recorded: { runtime, ...(hasSome && { packages }) },
    run: (timeoutMs) => runPython(python, example, timeoutMs),
    print: "print",
    measure: 'sys.audit("measure", "name", start, end)',
    early: "nothing calls main()",
  };
}
