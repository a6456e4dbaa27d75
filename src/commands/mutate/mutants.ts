import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";

type Result = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** A broken version of a file, and whether a test noticed. */
export interface Mutant {
  /** From the project's root. */
  file: string;
  /** From 1. */
  line: number;
  /** The code that is replaced, in one line. */
  original: string;
  replacement: string;
  isCaught: boolean;
  /** It was caught because it did not end, which load may have done. */
  neverEnded: boolean;
}

interface Options {
  /** Files to break, as Stryker's `mutate` has them. */
  files: string[];
  vitestConfig: string;
  /** Only those tests that import the broken file. */
  related: boolean;
}

/**
 * Breaks each file in every way that Stryker knows, one at a time, and runs the
 * tests against it. One that never ends is caught.
 *
 * @throws if the tests fail for the unbroken files
 */
export async function testMutants({
  files,
  vitestConfig,
  related,
}: Options): Promise<Mutant[]> {
  const results = await new Stryker({
    mutate: files,
    testRunner: "vitest",
    // A fork is a main thread, as the examples ask whether they are on.
    vitest: { configFile: vitestConfig, related, pool: "forks" },
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: related ? "perTest" : "off",
    // Two at once would measure each other.
    concurrency: 1,
    // Beside the tests' own limits: others may load the machine meanwhile.
    timeoutMS: 60_000,
    timeoutFactor: 3,
    reporters: ["progress-append-only"],
    // Not in node_modules, where Node runs no TypeScript.
    tempDirName: ".mutants",
    ignorePatterns: ["dist", ".astro"],
    disableTypeChecks: true,
    logLevel: "warn" as never,
  }).runMutationTest();
  for (const result of results.filter(({ status }) => !JUDGED.has(status))) {
    const { file, line, original, replacement } = asMutant(result);
    console.log(
      `${file}:${line}: ${original}  →  ${replacement}  (does not count: ${result.status})`,
    );
  }
  return results
    .filter(({ status }) => JUDGED.has(status))
    .map((result) => asMutant(result));
}

const CAUGHT = new Set<Result["status"]>(["Killed", "Timeout"]);
/** Others do not compile, or end their process, such as by all of its memory. */
const JUDGED = new Set<Result["status"]>([...CAUGHT, "Survived", "NoCoverage"]);

function asMutant(result: Result): Mutant {
  const { fileName, location, replacement, status } = result;
  const lines = readFileSync(fileName, "utf8").split("\n");
  const { start, end } = location;
  const broken = lines.slice(start.line - 1, end.line);
  broken[broken.length - 1] = broken.at(-1)!.slice(0, end.column - 1);
  broken[0] = broken[0]!.slice(start.column - 1);
  return {
    file: relative(process.cwd(), fileName).replaceAll("\\", "/"),
    line: start.line,
    original: inOneLine(broken.join("\n")),
    replacement: inOneLine(replacement),
    isCaught: CAUGHT.has(status),
    neverEnded: status === "Timeout",
  };
}

function inOneLine(code: string): string {
  return code.replace(/\s+/g, " ");
}
