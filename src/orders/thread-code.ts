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

/** A thread that stops, and what its function returns. */
export type Thread = Generator<Stop, unknown, unknown>;
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

/** What reaches further than a thread's own variables, or makes an object. */
const UNSEEN = new Set([
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.ExpressionWithTypeArguments,
  ts.SyntaxKind.MetaProperty,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.TaggedTemplateExpression,
  ts.SyntaxKind.ThisKeyword,
]);
/** Names that stand for a value and nothing else. */
const VALUES = ["undefined", "NaN", "Infinity"];
/** What the explorer takes for JavaScript's own. */
const OWN = new Set(["Atomics", ...VALUES]);

/**
 * The functions of a file that take an `Int32Array`, as generators by name.
 *
 * They may use what the explorer sees: their parameters and variables, plain
 * constants of the file, shared memory, and each other. Anything else could
 * keep something from it, and two states would be taken for equal that are not.
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
  refuseOtherMeanings(tree);
  const names = new Set(functions.map(({ name }) => name!.text));
  const constants = tree.statements.filter(isPlainConstant);
  const known = constants.flatMap(({ declarationList }) =>
    declarationList.declarations.map(({ name }) => name.getText(tree)),
  );
  const code = [
    ...constants.map((constant) => constant.getText(tree)),
    ...functions.map((one) =>
      new Rewriter(tree, one, names, [...VALUES, ...known]).code(),
    ),
  ];
  const { outputText } = ts.transpileModule(code.join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  // The code of an example, which its test would run as well.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(
    "$call",
    "$stop",
    `"use strict"; ${outputText.replaceAll(/^export /gm, "")}\nreturn { ${[...names].join(", ")} };`,
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
function isPlainConstant(node: ts.Statement): node is ts.VariableStatement {
  if (!ts.isVariableStatement(node) || !isConst(node.declarationList)) {
    return false;
  }
  return node.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isPlain(initializer),
  );
}

function isPlain(value: ts.Expression): boolean {
  const { FalseKeyword, MinusToken, TrueKeyword } = ts.SyntaxKind;
  if (ts.isPrefixUnaryExpression(value) && value.operator === MinusToken) {
    return ts.isNumericLiteral(value.operand);
  }
  return (
    ts.isNumericLiteral(value) ||
    ts.isStringLiteral(value) ||
    [FalseKeyword, TrueKeyword].includes(value.kind)
  );
}

/** Refuses names that mean something else in the file than to the explorer. */
function refuseOtherMeanings(node: ts.Node): void {
  const { name } = node as { name?: ts.Node };
  const isTaken =
    name !== undefined &&
    ts.isIdentifier(name) &&
    !ts.isPropertyAccessExpression(node) &&
    (OWN.has(name.text) || name.text.startsWith("$"));
  if (isTaken || ts.isExportDeclaration(node)) {
    const tree = node.getSourceFile();
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    throw new Error(
      `${tree.fileName}:${line + 1}: a file whose threads are explored cannot have “${node.getText(tree)}”: it would mean something else than to the explorer.`,
    );
  }
  ts.forEachChild(node, refuseOtherMeanings);
}

function isConst({ flags }: ts.VariableDeclarationList): boolean {
  return (flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
}

let sites = 0;

/** Rewrites one function: text in, text out. */
class Rewriter {
  readonly #tree: ts.SourceFile;
  readonly #node: ts.FunctionDeclaration;
  readonly #shared: string;
  readonly #names: ReadonlySet<string>;
  /** What else may be read. */
  readonly #known: readonly string[];
  /** The variables that have a value at the place that is being written. */
  #locals: string[];
  /** Values that an expression has already worked out. */
  #held: string[] = [];
  #helpers = 0;

  constructor(
    tree: ts.SourceFile,
    node: ts.FunctionDeclaration,
    names: ReadonlySet<string>,
    known: readonly string[],
  ) {
    this.#tree = tree;
    this.#node = node;
    this.#shared = sharedName(node)!;
    this.#names = names;
    this.#known = known;
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
    for (const one of parameters) {
      if (one.initializer || one.dotDotDotToken || !ts.isIdentifier(one.name)) {
        throw this.#refusal(one, "a parameter is more than a name");
      }
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
    if (ts.isBlock(node) || ts.isIterationStatement(node, false)) {
      return this.#scope(node);
    }
    if (ts.isVariableDeclaration(node)) return this.#declaration(node);
    if (ts.isExpressionStatement(node) && ts.isBlock(node.parent)) {
      // The line before may end without a semicolon.
      return `;${this.#children(node)}`;
    }
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) {
      return node.getText(this.#tree);
    }
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
      const { FirstCompoundAssignment, LastCompoundAssignment } = ts.SyntaxKind;
      const isCompound =
        node.operatorToken.kind >= FirstCompoundAssignment &&
        node.operatorToken.kind <= LastCompoundAssignment;
      if (access && isCompound) {
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
      return `(${cell} = (${index}), (${this.#stop(node, "read", cell, [])}), ${this.#shared}[${cell}])`;
    }
    if (node.getText(this.#tree) === `${this.#shared}.length`) {
      return node.getText(this.#tree);
    }
    this.#checkUnseen(node);
    this.#checkHidden(node);
    return this.#children(node);
  }

  /** Refuses what could keep a value where the explorer does not look. */
  #checkUnseen(node: ts.Node): void {
    if (ts.isIdentifier(node)) {
      if (node.text === this.#shared) {
        throw this.#refusal(node, "shared memory is handed on here");
      }
      if (![...this.#locals, ...this.#known].includes(node.text)) {
        throw this.#refusal(node, `it uses “${node.text}”`);
      }
    } else if (ts.isFunctionLike(node)) {
      throw this.#refusal(node, "a function inside of it");
    } else if (ts.isTryStatement(node)) {
      throw this.#refusal(node, "what a `try` is about to give back is hidden");
    } else if (ts.isSwitchStatement(node)) {
      throw this.#refusal(
        node,
        "what a `switch` looks at is hidden: write `if`",
      );
    } else if (UNSEEN.has(node.kind)) {
      throw this.#refusal(node, `it uses “${node.getText(this.#tree)}”`);
    } else if (
      ts.isVariableDeclarationList(node) &&
      !(node.flags & ts.NodeFlags.BlockScoped)
    ) {
      throw this.#refusal(node, "a `var`: write `let`");
    }
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
    this.#checkHidden(node);
    const before = [...this.#locals];
    const written = this.#children(node);
    this.#locals = before;
    return written;
  }

  #declaration(node: ts.VariableDeclaration): string {
    if (!ts.isIdentifier(node.name)) {
      throw this.#refusal(node, "a pattern in a declaration");
    }
    const { name, initializer } = node;
    if ([this.#shared, ...this.#locals].includes(name.text)) {
      throw this.#refusal(node, `a second “${name.text}” would hide the first`);
    }
    const value = initializer ? ` = ${this.#write(initializer)}` : "";
    this.#locals.push(name.text);
    return `${name.text}${value}`;
  }

  /** The index, if the node is `cells[index]`. */
  #access(node: ts.Node): ts.Expression | undefined {
    if (
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node)
    ) {
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
    const first = `${cell} = (${this.#write(index)})`;
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
    const first = `${cell} = (${this.#write(index)})`;
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
    const given = [this.#shared, ...rest.map((one) => this.#write(one))];
    const frame = `[${++sites}, [${this.#values()}]]`;
    return `(yield* $call(${frame}, ${called.text}(${given.join(", ")})))`;
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
   * the explorer cannot see it, and so would what a variable held before it
   * changed. With `&&` and the like the first value has done its duty.
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
    if (ts.forEachChild(node, (child) => this.#changes(child))) {
      throw this.#refusal(
        node,
        "a variable changes inside of an expression: write two statements",
      );
    }
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

  /** Whether a variable gets another value in it. */
  #changes(node: ts.Node): boolean {
    const { FirstAssignment, LastAssignment } = ts.SyntaxKind;
    const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
    const isSet =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= FirstAssignment &&
      node.operatorToken.kind <= LastAssignment;
    const isCounted =
      (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
      [PlusPlusToken, MinusMinusToken].includes(node.operator);
    const target = isSet ? node.left : isCounted ? node.operand : undefined;
    if (target && !this.#access(target)) return true;
    return ts.forEachChild(node, (child) => this.#changes(child)) ?? false;
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
