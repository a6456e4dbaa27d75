import ts from "typescript";

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
  return functionsIn(source, file).map((one) => one.name?.text ?? "");
}

function functionsIn(source: string, file: string): ts.FunctionDeclaration[] {
  return parse(source, file).statements.filter((statement) =>
    ts.isFunctionDeclaration(statement),
  );
}

/** The numbers that a file writes out, `1_000` and `1e3` read as 1000. */
export function numbersIn(source: string, file: string): Set<number> {
  const numbers = new Set<number>();
  const visit = (node: ts.Node) => {
    if (ts.isNumericLiteral(node)) numbers.add(Number(node.text));
    ts.forEachChild(node, visit);
  };
  visit(parse(source, file));
  return numbers;
}

/** The text of each `claim("id", …)` and `inEveryOrder("id", …)` of a test file, by id, with its comment. */
export function claimSources(
  source: string,
  file: string,
): Map<string, string> {
  const sources = new Map<string, string>();
  for (const statement of parse(source, file).statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const call = statement.expression;
    if (!ts.isCallExpression(call)) continue;
    const [id] = call.arguments;
    const called = call.expression.getText();
    if (!["claim", "inEveryOrder"].includes(called) || !id) continue;
    if (!ts.isStringLiteral(id)) continue;
    const text = source.slice(statement.getFullStart(), statement.end).trim();
    sources.set(id.text, text);
  }
  return sources;
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
