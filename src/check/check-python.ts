import type { Evidence } from "../book/evidence.ts";
import { commandOf, programOf } from "../book/programs.ts";
import { linesWith } from "../book/python-source.ts";
import {
  checkedClaims,
  checkedFreshness,
  checkedWidth,
  unwritten,
} from "./check-examples.ts";
import type { Finding } from "./finding.ts";

/** What stands on disk for the program of a slug in Python. */
export interface PythonFiles {
  slug: string;
  /** The program's source, if it is there. */
  source: string | undefined;
  /** The source of its test, if it is there. */
  test: string | undefined;
  evidence: Evidence | undefined;
  /** Today's hashes of what a recording would run. */
  hash: Partial<Evidence["hash"]>;
}

/** Everything that is wrong with the programs in Python and what belongs to them. */
export function checkPython(
  files: readonly PythonFiles[],
  unread: ReadonlySet<string> = new Set(),
): Finding[] {
  return files.flatMap((one) => [
    ...checkCompany(one, unread),
    ...checkHeader(one),
    ...checkGuard(one),
    ...checkImports(one),
    ...checkErrorOutput(one),
    ...checkTestImports(one),
    ...checkCommon(one),
  ]);
}

/** A program, its claims and its evidence, all of them or none. */
function checkCompany(
  { slug, source, test, evidence }: PythonFiles,
  unread: ReadonlySet<string>,
): Finding[] {
  const files = programOf(slug, "python");
  const company: [file: string, isThere: boolean, toDo: string][] = [
    [
      files.example,
      source !== undefined,
      `write it, or drop what else is of “${slug}” in Python.`,
    ],
    [files.test, test !== undefined, "prove there what the program shows."],
    [
      files.evidence,
      evidence !== undefined,
      `npm run record -- ${slug} --in python`,
    ],
  ];
  const isSomeThere = company.some(
    ([file, isThere]) => isThere || unread.has(file),
  );
  if (!isSomeThere) return [];
  return company
    .filter(([file, isThere]) => !isThere && !unread.has(file))
    .map(([file, , toDo]) => ({
      file: files.example,
      line: 1,
      message: `There is no ${file}: ${toDo}`,
    }));
}

/** The first thing that a reader sees: what it shows, and how to run it. */
function checkHeader({ slug, source }: PythonFiles): Finding[] {
  if (source === undefined) return [];
  const program = programOf(slug, "python");
  const command = commandOf(program, source);
  const [, header = ""] = /^"""([\s\S]*?)"""/.exec(source) ?? [];
  if (header.split("\n").some((line) => line.trim() === command)) return [];
  const message = `A program opens with a docstring """…""" that says what it shows and has its command on a line: ${command}`;
  return [{ file: program.example, line: 1, message }];
}

/** The tests load a program without running it, and so do its child processes. */
const GUARD = 'if __name__ == "__main__":';

function checkGuard({ slug, source }: PythonFiles): Finding[] {
  if (source === undefined) return [];
  const { example } = programOf(slug, "python");
  const lines = source.trimEnd().split("\n");
  const guard = lines.lastIndexOf(GUARD);
  const isLast =
    guard >= 0 && lines.slice(guard + 1).every((line) => /^\s|^$/.test(line));
  if (isLast) return [];
  const message = `A program ends with ${GUARD} and what calls main(): tests and child processes load it without running it.`;
  return [{ file: example, line: lines.length, message }];
}

/** A program is a file that one can copy: nothing of ours. */
function checkImports({ slug, source = "" }: PythonFiles): Finding[] {
  const { example } = programOf(slug, "python");
  const ours = /^\s*(?:from|import)\s+(?:\.|examples\b|src\b|tests\b)\S*/;
  return linesWith(ours, source).map(({ line, text }) => ({
    file: example,
    line,
    message: `${text.trim()}: a program is one file that runs wherever it is copied. Write out what you need.`,
  }));
}

/** What a program tells goes to one place, which the page shows. */
function checkErrorOutput({ slug, source = "" }: PythonFiles): Finding[] {
  const { example } = programOf(slug, "python");
  return linesWith(
    /\b(?:sys\.stderr|traceback\.print_exc|logging\.\w+)\b/,
    source,
  ).map(({ line, text }) => ({
    file: example,
    line,
    message: `${text} writes to standard error, which no page shows: use print.`,
  }));
}

/** The claims reach their program through Python, and import nothing else. */
function checkTestImports({ slug, test = "" }: PythonFiles): Finding[] {
  const { test: file } = programOf(slug, "python");
  return test.split("\n").flatMap((text, index) => {
    const from = /(?:\bfrom |\bimport\(?)\s*["']([^"']+)["']/.exec(text)?.[1];
    if (from === undefined || from === "#python") return [];
    const message = `imports “${from}”: claims about a program in Python import #python and nothing else.`;
    return [{ file, line: index + 1, message }];
  });
}

/** What is the same whatever a program is written in. */
function checkCommon(files: PythonFiles): Finding[] {
  const { slug, source = "", test = "" } = files;
  const program = programOf(slug, "python");
  return [
    ...checkedWidth(source, program.example),
    ...checkedClaims(test, program.test),
    ...checkPythonFreshness(files),
    ...unwritten(program.example, source),
    ...unwritten(program.test, test),
  ];
}

/** Evidence is what a recording wrote, of the code as it is. */
export function checkPythonFreshness({
  slug,
  evidence,
  hash,
}: Pick<PythonFiles, "slug" | "evidence" | "hash">): Finding[] {
  return checkedFreshness(evidence, hash, {
    ...programOf(slug, "python"),
    measuring: "Code behind #python or of the recorder",
    mend: `npm run record -- ${slug} --in python`,
  });
}
