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
    ...(existsSync(test) && { test: codeHash(test, { without: [example] }) }),
    measuring: measuringHash(MEASURING[language], test),
  };
}

/** Today's hash of what measures on a runtime other than the evidence's. */
export function measuringHashAt(isBrowser: boolean, slug: string): string {
  const files = isBrowser ? MEASURING_IN_BROWSERS : MEASURING_ELSEWHERE;
  return measuringHash(files, programOf(slug, "typescript").test);
}

/** SHA-256 of the code of these files that a file of claims makes use of. */
function measuringHash(files: readonly string[], test: string): string {
  const wanted = existsSync(test) ? namesOfInstruments(test) : undefined;
  return sha256(files.map((file) => codeHash(file, { wanted })).join(" "));
}

/**
 * What a file imports from `#claim` or `#python`; nothing for all of it.
 *
 * @param file path of a file of claims
 */
export function namesOfInstruments(
  file: string,
): ReadonlySet<string> | undefined {
  const imported = parse(file).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || isTypeOnly(statement)) return [];
    const { moduleSpecifier: from } = statement;
    const isMeasuring = ts.isStringLiteral(from) && from.text.startsWith("#");
    return isMeasuring ? [wantedBy(statement)] : [];
  });
  if (imported.includes(undefined)) return undefined;
  return new Set(imported.flatMap((names) => [...names!]));
}

interface HashOptions {
  /** Files whose content does not count where they are imported. */
  without?: readonly string[] | undefined;
  /** What is imported of it: what it passes on beside that does not count. */
  wanted?: ReadonlySet<string> | undefined;
  /** The files through whose imports this one is reached. */
  above?: readonly string[] | undefined;
}

/**
 * SHA-256 in hex of what a TypeScript file does, with all that it imports by a
 * path. Comments, layout and types do not count, nor where a file lies: each
 * import is hashed as what it imports. Of a Python file, comments, docstrings
 * and blank lines do not count.
 *
 * @throws if the file is not there; FileError if one that it imports is not, or
 *   imports it in turn
 */
export function codeHash(
  file: string,
  { without = [], wanted, above = [] }: HashOptions = {},
): string {
  if (file.endsWith(".py")) {
    return sha256(countedPython(readFileSync(file, "utf8")));
  }
  const tree = parse(file);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node) || isPassedBy(node, wanted)) return;
    if (ts.isStringLiteral(node) && /^\.\.?\//.test(node.text)) {
      // A bundler may be told how to take it: "./worker.ts?worker&url".
      const path = join(dirname(file), node.text.replace(/\?.*/, ""));
      if (isFrom(node.parent)) {
        const line = lineAtIndex(tree.text, node.getStart(tree));
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
        const names = wantedBy(node.parent, wanted);
        const options = { without, wanted: names, above: reached };
        tokens.push(counts ? codeHash(path, options) : "");
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

function parse(file: string): ts.SourceFile {
  const source = readFileSync(file, "utf8");
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
}

type From = ts.ImportDeclaration | ts.ExportDeclaration;

function isFrom(node: ts.Node): node is From {
  return ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
}

/** Whether it passes names on from another file, none of which is wanted. */
function isPassedBy(node: ts.Node, wanted?: ReadonlySet<string>): boolean {
  const { parent: list } = node;
  if (list && ts.isNamedExports(list) && list.parent.moduleSpecifier) {
    if (node.kind === ts.SyntaxKind.CommaToken) return true;
    if (!ts.isExportSpecifier(node)) return false;
    return node.isTypeOnly || wanted?.has(node.name.text) === false;
  }
  return (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    node.exportClause !== undefined &&
    ts.isNamedExports(node.exportClause) &&
    node.exportClause.elements.every((one) => isPassedBy(one, wanted))
  );
}

/**
 * The names that it takes from the other file; nothing for all of them.
 *
 * @param wanted what is taken of the file in which it stands
 */
function wantedBy(
  node: From,
  wanted?: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  if (ts.isExportDeclaration(node)) {
    const { exportClause: list } = node;
    if (!list) return wanted;
    if (!ts.isNamedExports(list)) return undefined;
    const passed = list.elements.filter((one) => !isPassedBy(one, wanted));
    return new Set(passed.map((one) => (one.propertyName ?? one.name).text));
  }
  const { importClause } = node;
  const { namedBindings: list } = importClause ?? {};
  if (list && !ts.isNamedImports(list)) return undefined;
  const named = list?.elements.filter((one) => !one.isTypeOnly) ?? [];
  const names = named.map((one) => (one.propertyName ?? one.name).text);
  return new Set(importClause?.name ? ["default", ...names] : names);
}

function isTypeOnly(node: ts.Node): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true) ||
    (ts.isExportDeclaration(node) && node.isTypeOnly)
  );
}

/** In hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
