/**
 * Turns functions over shared memory into generators that stop before each
 * access of it, so that somebody else decides who goes on. The file itself
 * stays as it is: this is done to its text, when a test asks for it.
 */
import ts from "typescript";

/** Where a thread stands, and what it is about to do. */
export interface Stop {
  /** The place and the local values of each function that is being called. */
  frames: [site: number, locals: unknown[]][];
  /** "read", "write" or the name of an operation of Atomics. */
  kind: string;
  cell: number;
  /** What it writes or compares, in the order of the operation's arguments. */
  values: number[];
  /** The line of the example, from 1. */
  line: number;
}

export type Thread = Generator<Stop, void, unknown>;
export type ThreadFunction = (cells: Int32Array, ...rest: number[]) => Thread;

const OPERATIONS = new Set([
  "add",
  "and",
  "compareExchange",
  "exchange",
  "load",
  "notify",
  "or",
  "store",
  "sub",
  "wait",
  "xor",
]);
/** What the explorer does itself, since it decides who sleeps and who wakes. */
const ASKED = new Set(["notify", "wait"]);

/**
 * The functions of a file that take an `Int32Array`, as generators by name.
 *
 * @throws for anything that would access shared memory unseen, or hide from the
 *   explorer where a thread stands, with file and line
 */
export function threadFunctions(
  source: string,
  file: string,
): Record<string, ThreadFunction> {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const functions = tree.statements.filter(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) &&
      sharedName(statement) !== undefined,
  );
  const names = new Set(functions.map(({ name }) => name!.text));
  const code = [...tree.statements.filter(isPlainConstant), ...functions].map(
    (statement) => {
      if (!ts.isFunctionDeclaration(statement)) return statement.getText(tree);
      return new Rewriter(tree, statement, names).code();
    },
  );
  const { outputText } = ts.transpileModule(code.join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  // The code of an example, which its test would run as well.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(
    "$call",
    "$stop",
    `${outputText.replaceAll(/^export /gm, "")}\nreturn { ${[...names].join(", ")} };`,
  );
  return make(call, stop) as Record<string, ThreadFunction>;
}

/** A call of another such function: its stops are also the caller's. */
function* call(
  frame: Stop["frames"][number],
  called: Generator<Stop, unknown, unknown>,
): Generator<Stop, unknown, unknown> {
  let step = called.next();
  while (!step.done) {
    const frames = [frame, ...step.value.frames];
    step = called.next(yield { ...step.value, frames });
  }
  return step.value;
}

function stop(
  site: number,
  line: number,
  kind: string,
  cell: number,
  values: number[],
  locals: unknown[],
): Stop {
  const hidden = locals.find((value) => Object(value) === value);
  if (hidden !== undefined) {
    throw new Error(
      `Line ${line}: a thread that keeps ${String(hidden)} in a variable cannot be explored: keep numbers, texts and booleans.`,
    );
  }
  return { frames: [[site, locals]], kind, cell, values, line };
}

/** The name of the parameter that is an `Int32Array`. */
function sharedName(node: ts.FunctionDeclaration): string | undefined {
  const shared = node.parameters.find(
    ({ type }) => type?.getText().startsWith("Int32Array") === true,
  );
  return shared?.name.getText();
}

/** `const TIMES = 10;` */
function isPlainConstant(node: ts.Statement): boolean {
  if (!ts.isVariableStatement(node)) return false;
  return node.declarationList.declarations.every(
    ({ initializer }) =>
      initializer !== undefined &&
      (ts.isNumericLiteral(initializer) || ts.isStringLiteral(initializer)),
  );
}

let sites = 0;

/** Rewrites one function: text in, text out. */
class Rewriter {
  readonly #tree: ts.SourceFile;
  readonly #node: ts.FunctionDeclaration;
  readonly #shared: string;
  readonly #names: ReadonlySet<string>;
  /** The variables that have a value at the place that is being written. */
  #locals: string[];
  /** Values that an expression has already worked out. */
  #held: string[] = [];
  #helpers = 0;

  constructor(
    tree: ts.SourceFile,
    node: ts.FunctionDeclaration,
    names: ReadonlySet<string>,
  ) {
    this.#tree = tree;
    this.#node = node;
    this.#shared = sharedName(node)!;
    this.#names = names;
    this.#locals = node.parameters
      .map(({ name }) => name.getText(tree))
      .filter((name) => name !== this.#shared);
  }

  code(): string {
    const { name, parameters, body, modifiers } = this.#node;
    const isAsync = modifiers?.some(
      ({ kind }) => kind === ts.SyntaxKind.AsyncKeyword,
    );
    if (isAsync || this.#node.asteriskToken || !body) {
      throw this.#refusal(this.#node, "only plain functions can be explored");
    }
    const written = this.#write(body);
    const helpers = Array.from(
      { length: this.#helpers },
      (_, n) => `$${n + 1}`,
    );
    const declared = helpers.length > 0 ? `let ${helpers.join(", ")};` : "";
    const given = parameters.map((one) => one.getText(this.#tree)).join(", ");
    return `function* ${name!.text}(${given}) { ${declared} ${written} }`;
  }

  /** The text of a node, its accesses of shared memory written out. */
  #write(node: ts.Node): string {
    if (ts.isBlock(node) || ts.isForStatement(node)) return this.#scope(node);
    if (ts.isVariableDeclaration(node)) return this.#declaration(node);
    if (ts.isFunctionLike(node)) return this.#inner(node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const { operand, operator } = node;
      const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
      const access = this.#access(operand);
      if (access && [PlusPlusToken, MinusMinusToken].includes(operator)) {
        const sign = operator === PlusPlusToken ? "+" : "-";
        return this.#update(
          node,
          access,
          sign,
          "1",
          ts.isPostfixUnaryExpression(node),
        );
      }
    }
    if (ts.isBinaryExpression(node)) {
      const access = this.#access(node.left);
      const operator = node.operatorToken.getText(this.#tree);
      if (access && operator === "=") return this.#assignment(node, access);
      if (access && /^[^=!<>]+=$/.test(operator)) {
        const sign = operator.slice(0, -1);
        if (["&&", "||", "??"].includes(sign)) {
          throw this.#refusal(node, `“${operator}” on shared memory`);
        }
        return this.#update(node, access, sign, node.right, false);
      }
    }
    if (ts.isCallExpression(node)) {
      const written = this.#call(node);
      if (written !== undefined) return written;
    }
    const read = this.#access(node);
    if (read) {
      const cell = this.#helper();
      const index = this.#write(read);
      return `(${cell} = ${index}, (${this.#stop(node, "read", cell, [])}), ${this.#shared}[${cell}])`;
    }
    if (ts.isIdentifier(node) && node.text === this.#shared) {
      const { parent } = node;
      const isLength =
        ts.isPropertyAccessExpression(parent) && parent.name.text === "length";
      if (!isLength)
        throw this.#refusal(node, "shared memory is handed on here");
    }
    this.#checkHidden(node);
    return this.#children(node);
  }

  /** Copies the text of a node, its children written. */
  #children(node: ts.Node): string {
    const parts: string[] = [];
    let at = node.getStart(this.#tree);
    ts.forEachChild(node, (child) => {
      const start = child.getStart(this.#tree);
      parts.push(this.#tree.text.slice(at, start), this.#write(child));
      at = child.end;
    });
    parts.push(this.#tree.text.slice(at, node.end));
    return parts.join("");
  }

  /** What is declared inside is forgotten behind it. */
  #scope(node: ts.Node): string {
    const before = [...this.#locals];
    const written = this.#children(node);
    this.#locals = before;
    return written;
  }

  #declaration(node: ts.VariableDeclaration): string {
    if (!ts.isIdentifier(node.name)) {
      throw this.#refusal(node, "a pattern in a declaration");
    }
    const written = this.#children(node);
    this.#locals.push(node.name.text);
    return written;
  }

  /** A function inside of a thread may do what it likes, but not with this. */
  #inner(node: ts.Node): string {
    if (this.#touches(node)) {
      throw this.#refusal(node, "a function inside of it uses shared memory");
    }
    return node.getText(this.#tree);
  }

  /** The index, if the node is `cells[index]`. */
  #access(node: ts.Node): ts.Expression | undefined {
    if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node)) {
      return this.#access(node.expression);
    }
    if (!ts.isElementAccessExpression(node)) return undefined;
    const { expression, argumentExpression } = node;
    return ts.isIdentifier(expression) && expression.text === this.#shared
      ? argumentExpression
      : undefined;
  }

  #assignment(node: ts.BinaryExpression, index: ts.Expression): string {
    const [cell, value] = [this.#helper(), this.#helper()];
    const first = `${cell} = ${this.#write(index)}`;
    const second = this.#holding([cell], () => this.#write(node.right));
    const stopped = this.#stop(node, "write", cell, [value]);
    return `(${first}, ${value} = ${second}, (${stopped}), ${this.#shared}[${cell}] = ${value})`;
  }

  /** Reads, works out and writes: three steps, and two stops. */
  #update(
    node: ts.Node,
    index: ts.Expression,
    sign: string,
    by: string | ts.Expression,
    givesOld: boolean,
  ): string {
    const [cell, old, next] = [this.#helper(), this.#helper(), this.#helper()];
    const first = `${cell} = ${this.#write(index)}`;
    const read = this.#stop(node, "read", cell, []);
    const change =
      typeof by === "string"
        ? by
        : this.#holding([cell, old], () => this.#write(by));
    const write = this.#holding([old], () =>
      this.#stop(node, "write", cell, [next]),
    );
    const at = `${this.#shared}[${cell}]`;
    return `(${first}, (${read}), ${old} = ${at}, ${next} = ${old} ${sign} (${change}), (${write}), ${at} = ${next}, ${givesOld ? old : next})`;
  }

  /** An operation of Atomics, or a call of another such function. */
  #call(node: ts.CallExpression): string | undefined {
    const [first, ...rest] = node.arguments;
    const isShared = first?.getText(this.#tree) === this.#shared;
    const called = node.expression;
    if (
      isShared &&
      ts.isPropertyAccessExpression(called) &&
      called.expression.getText(this.#tree) === "Atomics"
    ) {
      return this.#atomic(node, called.name.text, rest);
    }
    if (!isShared || !ts.isIdentifier(called)) return undefined;
    if (!this.#names.has(called.text)) {
      throw this.#refusal(
        node,
        `“${called.text}” gets shared memory, and takes no Int32Array`,
      );
    }
    if (rest.some((one) => this.#touches(one))) {
      throw this.#refusal(
        node,
        "an argument reads shared memory: read it before",
      );
    }
    const given = node.arguments
      .map((one) => one.getText(this.#tree))
      .join(", ");
    const frame = `[${++sites}, [${this.#values()}]]`;
    return `(yield* $call(${frame}, ${called.text}(${given})))`;
  }

  #atomic(
    node: ts.CallExpression,
    name: string,
    given: readonly ts.Expression[],
  ): string {
    if (!OPERATIONS.has(name)) throw this.#refusal(node, `Atomics.${name}`);
    if (name === "wait" && given.length > 2) {
      throw this.#refusal(node, "Atomics.wait with a limit of time");
    }
    const held: string[] = [];
    const set = given.map((one) => {
      const helper = this.#helper();
      const written = this.#holding(held, () => this.#write(one));
      held.push(helper);
      return `${helper} = ${written}`;
    });
    const [cell, ...values] = held;
    const stopped = this.#stop(node, name, cell!, values);
    const result = ASKED.has(name)
      ? `(${stopped})`
      : `(${stopped}), Atomics.${name}(${[this.#shared, ...held].join(", ")})`;
    return `(${set.join(", ")}, ${result})`;
  }

  #stop(node: ts.Node, kind: string, cell: string, values: string[]): string {
    const { line } = this.#tree.getLineAndCharacterOfPosition(
      node.getStart(this.#tree),
    );
    const locals = this.#holding([cell, ...values], () => this.#values());
    return `yield $stop(${++sites}, ${line + 1}, "${kind}", ${cell}, [${values.join(", ")}], [${locals}])`;
  }

  #values(): string {
    return [...this.#locals, ...this.#held].join(", ");
  }

  #holding<T>(helpers: readonly string[], act: () => T): T {
    const before = this.#held;
    this.#held = [...before, ...helpers];
    const result = act();
    this.#held = before;
    return result;
  }

  #helper(): string {
    return `$${++this.#helpers}`;
  }

  /**
   * Of two accesses in one expression the first one's value would lie where
   * the explorer cannot see it. With `&&` and the like it has done its duty.
   */
  #checkHidden(node: ts.Node): void {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) {
      throw this.#refusal(node, "a wait inside of a thread");
    }
    if (!this.#touches(node)) return;
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      throw this.#refusal(node, "a loop over a list");
    }
    if (!ts.isExpression(node)) return;
    const isEither =
      ts.isConditionalExpression(node) ||
      (ts.isBinaryExpression(node) &&
        ["&&", "||", "??"].includes(node.operatorToken.getText(this.#tree)));
    let touching = 0;
    ts.forEachChild(node, (child) => {
      if (this.#touches(child)) touching++;
    });
    if (touching > 1 && !isEither) {
      throw this.#refusal(
        node,
        "two accesses in one expression: write two statements",
      );
    }
  }

  /** Whether shared memory is named in it. */
  #touches(node: ts.Node): boolean {
    if (ts.isIdentifier(node) && node.text === this.#shared) return true;
    return ts.forEachChild(node, (child) => this.#touches(child)) ?? false;
  }

  #refusal(node: ts.Node, why: string): Error {
    const { line } = this.#tree.getLineAndCharacterOfPosition(
      node.getStart(this.#tree),
    );
    const name = this.#node.name?.text ?? "function";
    return new Error(
      `${this.#tree.fileName}:${line + 1}: ${name} cannot be explored in every order: ${why}.`,
    );
  }
}
