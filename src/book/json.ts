import type { z } from "astro/zod";
import ts from "typescript";
import { FileError, lineAtIndex } from "./file-error.ts";

/** The value of a JSON file, and the line of everything in it. */
export interface Json<Value = unknown> {
  value: Value;
  /** The line of what stands at the end of the path, as far as it is there. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * Parses JSON, and does not bear a key that stands twice: `JSON.parse` would
 * take the last one in silence.
 *
 * @throws FileError with the line
 */
export function readJson(text: string, file: string): Json {
  const value = parse(text, file);
  const source = ts.parseJsonText(file, text);
  const lineOfNode = (node: ts.Node) =>
    lineAtIndex(text, node.getStart(source));
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const seen = new Set<string>();
      for (const property of node.properties) {
        const key = keyOf(property);
        if (seen.has(key)) {
          const fault = `“${key}” stands here twice: drop one, or name it otherwise.`;
          throw new FileError(file, lineOfNode(property), fault);
        }
        seen.add(key);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return {
    value,
    lineOf: (path) => {
      let at: ts.Node | undefined = source.statements[0]?.expression;
      let line = 1;
      for (const key of path) {
        at = at && childAt(at, key);
        if (!at) break;
        line = lineOfNode(at);
        if (ts.isPropertyAssignment(at)) at = at.initializer;
      }
      return line;
    },
  };
}

/**
 * Parses JSON of a known shape.
 *
 * @param toDo says what the file should be, or how to mend it
 * @throws FileError with the line of the first thing that is otherwise
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  toDo: (path: readonly PropertyKey[]) => string,
): Json<z.infer<Schema>> {
  const { value, lineOf } = readJson(text, file);
  const { data, error } = schema.safeParse(value);
  const issue = error?.issues[0];
  if (!issue) return { value: data as z.infer<Schema>, lineOf };
  const { path, message } = issue;
  const where = path.length > 0 ? `“${path.join(".")}” is wrong` : "Wrong";
  const fault = `${where} (${message}): ${toDo(path)}`;
  throw new FileError(file, lineOf(path), fault);
}

function childAt(node: ts.Node, key: PropertyKey): ts.Node | undefined {
  if (ts.isArrayLiteralExpression(node)) return node.elements[Number(key)];
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  return node.properties.find((property) => keyOf(property) === key);
}

function keyOf({ name }: ts.ObjectLiteralElementLike): string {
  return name && ts.isStringLiteral(name) ? name.text : "";
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const [said] = message.split(/, (?:"|\.\.\.)| in JSON at /);
    throw new FileError(
      file,
      lineOfFault(text, message),
      text.trim() === ""
        ? "The file is empty: bring it back (git checkout), or write it anew."
        : `This is no JSON: ${said}. Look for a comma too many or missing, and for quotes.`,
    );
  }
}

/** V8 says where, unless it meets a token that it does not expect, or the end. */
function lineOfFault(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAtIndex(text, Number(position));
  const lines = text.trimEnd().split("\n");
  const isUnexpected = (count: number) => {
    try {
      JSON.parse(lines.slice(0, count).join("\n"));
      return false;
    } catch (error) {
      return (error as Error).message.startsWith("Unexpected token");
    }
  };
  // As few lines as have the token in them.
  let [without, within] = [0, lines.length];
  while (within - without > 1) {
    const middle = Math.floor((without + within) / 2);
    if (isUnexpected(middle)) within = middle;
    else without = middle;
  }
  return within;
}
