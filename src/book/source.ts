import ts from "typescript";
import { FileError, lineAtIndex } from "./file-error.ts";
import type { Comment } from "./python-source.ts";
import {
  checkedPython,
  pythonComments,
  pythonFunctions,
  pythonNumbers,
} from "./python-source.ts";

const isPython = (file: string) => file.endsWith(".py");

/**
 * The text of an exported function of an example, with its comment.
 *
 * @throws if there is no such function, with those that there are
 */
export function functionSource(
  source: string,
  name: string,
  file: string,
): string {
  const python = isPython(file) ? pythonFunctions(source).get(name) : undefined;
  if (python !== undefined) return python;
  const found = functionsIn(source, file).find(
    (one) => one.name?.text === name,
  );
  if (found) return source.slice(found.getFullStart(), found.end).trim();
  const known = functionNames(source, file).join(", ");
  throw new Error(
    `${file} has no function “${name}”. It has: ${known || "none"}.`,
  );
}

/** The names of a file's functions, in its order. */
export function functionNames(source: string, file: string): string[] {
  if (isPython(file)) return [...pythonFunctions(source).keys()];
  return functionsIn(source, file).map((one) => one.name?.text ?? "");
}

function functionsIn(source: string, file: string): ts.FunctionDeclaration[] {
  if (isPython(file)) return [];
  return parse(source, file).statements.filter((statement) =>
    ts.isFunctionDeclaration(statement),
  );
}

/** The comments of a file, each as it is written, with its index. */
export function commentsIn(source: string, file: string): Comment[] {
  if (isPython(file)) return pythonComments(source);
  const tree = parse(source, file);
  const code = nodesIn(tree)
    .filter(isText)
    .reduce((code, node) => {
      const start = node.getStart(tree);
      const blanks = " ".repeat(node.end - start);
      return code.slice(0, start) + blanks + code.slice(node.end);
    }, source);
  const comments = code.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g);
  return Array.from(comments, ({ 0: text, index }) => ({ text, index }));
}

/** In which a comment's signs mean nothing. */
function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) ||
    ts.isTemplateLiteralToken(node) ||
    ts.isRegularExpressionLiteral(node)
  );
}

/** The numbers that a file writes out, `1_000` and `1e3` read as 1000. */
export function numbersIn(source: string, file: string): Set<number> {
  if (isPython(file)) return pythonNumbers(source);
  const numbers = new Set<number>();
  const visit = (node: ts.Node) => {
    if (ts.isNumericLiteral(node)) numbers.add(Number(node.text));
    ts.forEachChild(node, visit);
  };
  visit(parse(source, file));
  return numbers;
}

/**
 * The text itself, if it is TypeScript, or Python by its name.
 *
 * @throws FileError with the line of the first thing that is not
 */
export function checkedSource(source: string, file: string): string {
  if (isPython(file)) return checkedPython(source, file);
  const { diagnostics = [] } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
  });
  const [first] = diagnostics;
  if (!first) return source;
  const line = lineAtIndex(source, first.start ?? 0);
  const said = ts.flattenDiagnosticMessageText(first.messageText, " ");
  const fault = `This is no TypeScript: ${said} Look at the line, and at the one above.`;
  throw new FileError(file, line, fault);
}

/** Something in a file, with its line from 1. */
interface Found {
  line: number;
  /** As it is written. */
  text: string;
}

/** The lines of a file on which `await` stands outside of every function. */
export function topLevelAwaits(source: string, file: string): number[] {
  const tree = parse(source, file);
  const isAwait = (node: ts.Node) =>
    ts.isAwaitExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  return nodesIn(tree, (node) => !ts.isFunctionLike(node))
    .filter(isAwait)
    .map((node) => foundAt(node, tree).line);
}

/** Where a file writes to standard error. */
export function errorOutputs(source: string, file: string): Found[] {
  const tree = parse(source, file);
  return nodesIn(tree)
    .filter((node) => ts.isPropertyAccessExpression(node))
    .map((node) => foundAt(node, tree))
    .filter(({ text }) =>
      /^(?:console\.(?:error|warn|trace)|process\.stderr)$/.test(text),
    );
}

/** Where a test file leaves tests out: `claim.only(…)`, `test.skip(…)`. */
export function modifiedTests(
  source: string,
  file: string,
): (Found & { name: string })[] {
  const tree = parse(source, file);
  return nodesIn(tree)
    .filter((node) => ts.isPropertyAccessExpression(node))
    .map((node) => foundAt(node, tree))
    .flatMap((found) => {
      const name =
        /^(claim|inEveryOrder|test|it|describe|suite)\.(?:only|skip|todo|fails|skipIf|runIf)$/.exec(
          found.text,
        )?.[1];
      return name === undefined ? [] : [{ ...found, name }];
    });
}

/** All nodes in the order of the text; not what stands in one that is shut. */
function nodesIn(
  node: ts.Node,
  isOpen: (node: ts.Node) => boolean = () => true,
): ts.Node[] {
  const inside: ts.Node[] = [];
  if (isOpen(node)) {
    ts.forEachChild(node, (child) => {
      inside.push(...nodesIn(child, isOpen));
    });
  }
  return [node, ...inside];
}

function foundAt(node: ts.Node, tree: ts.SourceFile): Found {
  const start = tree.getLineAndCharacterOfPosition(node.getStart(tree));
  return { line: start.line + 1, text: node.getText(tree) };
}

/** The ids that more than one claim of a test file has. */
export function doubledClaims(
  source: string,
  file: string,
): { line: number; id: string }[] {
  const tree = parse(source, file);
  const ids = claimsIn(tree).map(({ id }) => id);
  return claimsIn(tree)
    .filter(({ id }, index) => ids.indexOf(id) !== index)
    .map(({ id, statement }) => ({ id, line: foundAt(statement, tree).line }));
}

/** The text of each `claim("id", …)` and `inEveryOrder("id", …)` of a test file, by id, with its comment. */
export function claimSources(
  source: string,
  file: string,
): Map<string, string> {
  return new Map(
    claimsIn(parse(source, file)).map(({ id, statement }) => [
      id,
      source.slice(statement.getFullStart(), statement.end).trim(),
    ]),
  );
}

/** The ids of the claims that are run, and not explored in every order. */
export function idsOfRunClaims(source: string, file: string): string[] {
  return claimsIn(parse(source, file))
    .filter(({ called }) => called === "claim")
    .map(({ id }) => id);
}

/** The claims of a test file, with what states each. */
function claimsIn(
  tree: ts.SourceFile,
): { id: string; called: string; statement: ts.Statement }[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement)) return [];
    const call = statement.expression;
    if (!ts.isCallExpression(call)) return [];
    const [id] = call.arguments;
    // That of `claim.only` is a claim as well, whatever else it is.
    const [called = ""] = call.expression.getText().split(".");
    if (!["claim", "inEveryOrder"].includes(called) || !id) return [];
    return ts.isStringLiteral(id) ? [{ id: id.text, called, statement }] : [];
  });
}

/** What a claim needs to be measured: the texts in its `needs: […]`. */
export function needsIn(claim: string): string[] {
  const needs: string[] = [];
  const visit = (node: ts.Node): void => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== "needs") {
      return ts.forEachChild(node, visit);
    }
    ts.forEachChild(node.initializer, (need) => {
      if (ts.isStringLiteral(need)) needs.push(need.text);
    });
  };
  visit(parse(claim, "claim.ts"));
  return needs;
}

function parse(source: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
}
