import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import ts from "typescript";

/**
 * Loads an example's file once more, with some of its constants set to other
 * values: the file itself stays as it is.
 *
 * @param file path from the project's root
 * @param constants numbers by the names of top-level constants
 * @throws if the file has no such constant that is a number, and if it imports
 *   anything: what it would wait for there is not explored
 */
export async function loadExample(
  file: string,
  constants: Readonly<Record<string, number>>,
): Promise<unknown> {
  const code = withConstants(readFileSync(file, "utf8"), file, constants);
  refuseImports(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
  // Types become blanks, so that lines stay as they are.
  const script = stripTypeScriptTypes(code).replaceAll(
    "import.meta.main",
    "false",
  );
  const url = `data:text/javascript,${encodeURIComponent(script)}`;
  return import(/* @vite-ignore */ url);
}

/** Types may be imported: nothing is left of them when it runs. */
function refuseImports(tree: ts.SourceFile): void {
  const visit = (node: ts.Node): void => {
    const from = moduleOf(node);
    if (from) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      throw new Error(
        `${tree.fileName}:${line + 1}: a program in every order imports nothing, and this one ${from.getText(tree)}: what waits or tells the time there cannot be explored.`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

/** What a node imports, if it does. */
function moduleOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node)) {
    const isOfTypes =
      node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return isOfTypes ? undefined : node.moduleSpecifier;
  }
  if (ts.isExportDeclaration(node)) {
    return node.isTypeOnly ? undefined : node.moduleSpecifier;
  }
  const isImport =
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? (node.arguments[0] ?? node) : undefined;
}

/** The source of a file with the values of some constants replaced. */
export function withConstants(
  source: string,
  file: string,
  constants: Readonly<Record<string, number>>,
): string {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const declared = tree.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return Object.entries(constants)
    .map(([name, value]) => {
      const found = declared.find((one) => one.name.getText(tree) === name);
      const written = found?.initializer;
      if (!written || !ts.isNumericLiteral(written)) {
        throw new Error(`${file} has no constant “${name}” that is a number.`);
      }
      return { start: written.getStart(tree), end: written.end, value };
    })
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, value }) =>
        text.slice(0, start) + value + text.slice(end),
      source,
    );
}
