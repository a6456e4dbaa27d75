import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Evidence } from "./evidence.ts";
import { FileError, lineAtIndex } from "./file-error.ts";
import type { ProgramLanguage } from "./programs.ts";
import { programOf } from "./programs.ts";
import { countedPython } from "./python-source.ts";

/**
 * What `#claim` and `#python` stand for, and what the recorder loads into a
 * program.
 */
const MEASURING: Record<ProgramLanguage, string[]> = {
  typescript: ["src/measure/for-claims.ts", "src/measure/preload.ts"],
  python: [
    "src/measure/for-python.ts",
    ...globSync("src/measure/python/*.py").sort(),
  ],
};
/** What stands for it on other command lines, and in browsers. */
const MEASURING_ELSEWHERE = ["src/measure/without-vitest.ts"];
const MEASURING_IN_BROWSERS = [
  "src/client/prove/claims-here.ts",
  "src/client/run/worker-threads.ts",
];

/** Today's hashes of what a recording of a program would run, as far as it is there. */
export function hashesOf(
  slug: string,
  language: ProgramLanguage = "typescript",
): Partial<Evidence["hash"]> {
  const { example, test } = programOf(slug, language);
  return {
    ...(existsSync(example) && { example: codeHash(example) }),
    ...(existsSync(test) && { test: codeHash(test, [example]) }),
    measuring: hashOfAll(MEASURING[language]),
  };
}

/** Today's hash of what measures on a runtime other than the evidence's. */
export function measuringHashAt(isBrowser: boolean): string {
  return hashOfAll(isBrowser ? MEASURING_IN_BROWSERS : MEASURING_ELSEWHERE);
}

/** SHA-256 of all code of these files. */
function hashOfAll(files: readonly string[]): string {
  return sha256(files.map((file) => codeHash(file)).join(" "));
}

/**
 * SHA-256 in hex of what a TypeScript file does, with all that it imports by a
 * path. Comments, layout and types do not count, nor where a file lies: each
 * import is hashed as what it imports. Of a Python file, comments, docstrings
 * and blank lines do not count.
 *
 * @param without files whose content does not count where they are imported
 * @param above the files through whose imports this one is reached
 * @throws if the file is not there; FileError if one that it imports is not, or
 *   imports it in turn
 */
export function codeHash(
  file: string,
  without: readonly string[] = [],
  above: readonly string[] = [],
): string {
  const source = readFileSync(file, "utf8");
  if (file.endsWith(".py")) return sha256(countedPython(source));
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    if (ts.isStringLiteral(node) && /^\.\.?\//.test(node.text)) {
      // A bundler may be told how to take it: "./worker.ts?worker&url".
      const path = join(dirname(file), node.text.replace(/\?.*/, ""));
      if (isModuleName(node)) {
        const line = lineAtIndex(source, node.getStart(tree));
        const reached = [...above, file];
        if (reached.includes(path)) {
          const fault = `imports ${path}, which imports this file: drop one of the two.`;
          throw new FileError(file, line, fault);
        }
        if (!existsSync(path)) {
          const fault = `imports “${node.text}”, and there is no ${path}.`;
          throw new FileError(file, line, fault);
        }
        const counts = !without.includes(path);
        tokens.push(counts ? codeHash(path, without, reached) : "");
        return;
      }
    }
    const children = node.getChildren(tree);
    if (children.length === 0) tokens.push(node.getText(tree));
    children.filter((child) => !ts.isJSDoc(child)).forEach(visit);
  };
  visit(tree);
  return sha256(tokens.join("\n"));
}

function isTypeOnly(node: ts.Node): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true) ||
    (ts.isExportDeclaration(node) && node.isTypeOnly)
  );
}

function isModuleName({ parent }: ts.Node): boolean {
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
}

/** In hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
