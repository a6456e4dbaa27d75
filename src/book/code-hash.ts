import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Evidence } from "./evidence.ts";
import { FileError, lineAtIndex } from "./file-error.ts";
import { filesOf } from "./files.ts";

/** What `#claim` stands for, and what the recorder loads into an example. */
const MEASURING = ["for-claims.ts", "preload.ts"].map((file) =>
  fileURLToPath(new URL(`../measure/${file}`, import.meta.url)),
);

/** Today's hashes of what a recording of the slug would run, as far as it is there. */
export function hashesOf(slug: string): Partial<Evidence["hash"]> {
  const { example, test } = filesOf(slug);
  return {
    ...(existsSync(example) && { example: codeHash(example) }),
    ...(existsSync(test) && { test: codeHash(test, [example]) }),
    measuring: measuringHash(),
  };
}

/** SHA-256 of all code that measures: behind `#claim`, and in the recorder. */
function measuringHash(): string {
  return sha256(MEASURING.map((file) => codeHash(file)).join(" "));
}

/**
 * SHA-256 in hex of what a TypeScript file does, with all that it imports by a
 * path. Comments, layout and types do not count, nor where a file lies: each
 * import is hashed as what it imports.
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
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    if (ts.isStringLiteral(node) && /^\.\.?\//.test(node.text)) {
      const path = join(dirname(file), node.text);
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
