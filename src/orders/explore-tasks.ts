/**
 * Runs a program of one thread in every order in which its waits can end.
 *
 * The program is an ordinary function over timers and promises and knows
 * nothing of this: while it runs, timers and clock are stand-ins. What a wait
 * was for is not asked; any that is pending may end next, if it is late by no
 * more than is allowed. Microtasks have one order by the language, so they are
 * no choice and run between two waits.
 *
 * A stateless search, as in P. Godefroid, "Model Checking for Programming
 * Languages using VeriSoft" (POPL 1997): each order is a new run, driven along
 * the choices of the one before, of which the last that has an alternative
 * takes the next.
 *
 * A task is what the program begins as one, and stays it across awaits: Node's
 * AsyncLocalStorage knows it, also where the wait of another lets it go on.
 */
import type { Explored, Outcome, Place, Step } from "./explored.ts";
import { STUCK } from "./explored.ts";
import { atWork, installStandIns, StandInClock } from "./stand-in-clock.ts";

export interface TaskOptions {
  /**
   * How late a wait may end at most, in ms: each one by itself, so that two in
   * a row may be late by twice as much. Without a limit any wait may take any
   * time.
   */
  lateness?: number;
  /** After how many orders to give up. */
  limit?: number;
}

interface Choice {
  taken: number;
  of: number;
}

/** Tells what the task at work does in the step that is going on. */
export type Tell = (kind: string, value?: number) => void;

/**
 * Begins something as a task, by its number from 1, or by what the number of
 * the task at work makes of it.
 */
export type As = <T>(
  who: number | ((who: number) => number),
  act: () => T,
) => T;

type Program = (tell: Tell, as: As) => number | Promise<number>;

const as: As = (who, act) =>
  atWork.run(typeof who === "number" ? who : who(atWork.getStore() ?? 0), act);

type End = { figure: number } | { thrown: unknown } | "pending";

/**
 * Explores all orders of a program.
 *
 * @param program gives the figure of one run; it starts everything anew
 * @throws if a run takes another course along the same choices, and if the
 *   program waits for something else than a timer, or asks another clock than
 *   `performance.now`
 */
export async function exploreTasks(
  program: Program,
  { lateness = Infinity, limit = 1_000_000 }: TaskOptions = {},
): Promise<Explored> {
  const outcomes = new Map<string, Outcome>();
  let orders = 0;
  const tree = new Tree();
  let path: Choice[] | undefined = [];
  const restore = installStandIns();
  try {
    while (path && orders < limit) {
      const run = await runAlong(program, path, { lateness });
      if (run.isAstray) {
        throw new Error(
          "The program does not repeat itself: it depends on something else than the order of its waits.",
        );
      }
      if (lateness === Infinity && run.asksTime) {
        await refuseClockwork(program, run);
      }
      orders++;
      const { choices, steps } = run;
      const outcome = outcomeOf(run.end);
      addTo(outcomes, outcome, steps);
      tree.add(choices, steps, outcome);
      path = nextPath(choices);
    }
  } finally {
    restore();
  }
  return {
    orders: BigInt(orders),
    isComplete: path === undefined,
    outcomes: [...outcomes.values()].sort((a, b) => a.figure - b.figure),
    places: tree.places(),
  };
}

/** The choices of the next order; nothing after the last one. */
function nextPath(choices: readonly Choice[]): Choice[] | undefined {
  const last = choices.findLastIndex(({ taken, of }) => taken + 1 < of);
  if (last < 0) return undefined;
  const { taken, of } = choices[last]!;
  return [...choices.slice(0, last), { taken: taken + 1, of }];
}

type Ended = Pick<Outcome, "figure" | "end">;

function outcomeOf(end: End): Ended {
  if (end === "pending") return { figure: NaN, end: STUCK };
  return "thrown" in end
    ? { figure: NaN, end: `threw ${String(end.thrown)}` }
    : end;
}

/** Tells a figure from what was thrown, whatever its text. */
function keyOf({ end, figure }: Ended): string {
  return JSON.stringify([end, String(figure)]);
}

function addTo(
  outcomes: Map<string, Outcome>,
  outcome: Ended,
  steps: Step[],
): void {
  const key = keyOf(outcome);
  const known = outcomes.get(key);
  outcomes.set(key, {
    ...outcome,
    orders: (known?.orders ?? 0n) + 1n,
    witness:
      known && known.witness.length <= steps.length ? known.witness : steps,
  });
}

interface Branch {
  step: Step;
  node: Node;
}

interface Node {
  next: Branch[];
  outcome?: Ended;
}

/** All orders as a tree, and equal branches of it as one. */
class Tree {
  readonly #root: Node = { next: [] };

  add(choices: readonly Choice[], steps: Step[], outcome: Ended): void {
    let node = this.#root;
    choices.forEach(({ taken }, index) => {
      node.next[taken] ??= { step: steps[index]!, node: { next: [] } };
      node = node.next[taken].node;
    });
    node.outcome = outcome;
  }

  places(): Place[] {
    const ids = new Map<string, number>();
    const places: Place[] = [];
    const visit = ({ next, outcome }: Node): number => {
      const ways = next.map(({ step, node }) => ({ step, to: visit(node) }));
      const place: Place = { next: ways, ...(outcome && { outcome }) };
      const key = JSON.stringify([ways, outcome && keyOf(outcome)]);
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, places.length);
      return places.push(place) - 1;
    };
    visit(this.#root);
    // The root was put last: number them from it.
    const last = places.length - 1;
    return places
      .map(({ next, ...rest }) => ({
        ...rest,
        next: next.map(({ step, to }) => ({ step, to: last - to })),
      }))
      .reverse();
  }
}

/** Far longer than any limit that a program may have, in ms. */
const LONG_WAIT_MS = 1e9;

/**
 * Runs an order once more, on a clock that leaps with each wait that ends: to
 * one that takes any time belongs a clock that shows any.
 *
 * @throws if the program then takes another course
 */
async function refuseClockwork(program: Program, run: Run): Promise<void> {
  const longer = await runAlong(program, run.choices, {
    lateness: Infinity,
    leap: LONG_WAIT_MS,
  });
  const [end, other] = [run, longer].map((one) => outcomeOf(one.end));
  if (!longer.isAstray && keyOf(end!) !== keyOf(other!)) {
    const [before, behind] = [end!, other!].map((one) => one.end ?? one.figure);
    throw new Error(
      `The program goes by the clock: an order ends with ${before}, and with ${behind} if each wait takes long. The order: ${JSON.stringify(run.steps)}`,
    );
  }
  if (longer.isAstray || longer.choices.length !== run.choices.length) {
    throw new Error(
      `The program goes by the clock: it has other waits if each takes long. The order: ${JSON.stringify(run.steps)}`,
    );
  }
}

interface Run {
  end: End;
  choices: Choice[];
  steps: Step[];
  /** Whether it left the path: there it had other waits than here. */
  isAstray: boolean;
  asksTime: boolean;
}

/** Runs the program once; beyond the path the first wait ends each time. */
async function runAlong(
  program: Program,
  path: readonly Choice[],
  { lateness, leap = 0 }: { lateness: number; leap?: number },
): Promise<Run> {
  const clock = new StandInClock({ lateness, leap });
  const choices: Choice[] = [];
  const steps: Step[] = [];
  const told: Step[] = [];
  const tell: Tell = (kind, value) => {
    told.push({
      who: atWork.getStore() ?? clock.who,
      kind,
      ...(value !== undefined && { value }),
      ...lineOf(),
    });
  };
  let isAstray = false;
  let end: End = "pending";
  clock.run(() =>
    Promise.resolve()
      .then(() => program(tell, as))
      .then(
        (figure) => (end = { figure }),
        (thrown: unknown) => (end = { thrown }),
      ),
  );
  await microtasks();
  while (end === "pending") {
    const waits = clock.next();
    if (waits.length === 0) break;
    const { taken, of } = path[choices.length] ?? {
      taken: 0,
      of: waits.length,
    };
    isAstray = of !== waits.length;
    if (isAstray) break;
    choices.push({ taken, of });
    const wait = waits[taken]!;
    told.length = 0;
    clock.finish(wait);
    await microtasks();
    steps.push(stepOf(wait.who, told));
  }
  // Thrown here, as the program may have caught it.
  if (clock.refusal) throw clock.refusal;
  const { asksTime } = clock;
  return { end, choices, steps, isAstray, asksTime };
}

/** The step of a task whose wait has ended, and what came with it. */
function stepOf(who: number, told: readonly Step[]): Step {
  const [first, ...others] = told;
  const isOwn = first?.who === who;
  const also = isOwn ? others : [...told];
  return {
    ...(isOwn ? first : { who, kind: "goes on" }),
    ...(also.length > 0 && { also }),
  };
}

const { setImmediate } = globalThis as {
  setImmediate?: (f: () => void) => void;
};

/** Resolves in a task of its own, when all microtasks have run. */
function microtasks(): Promise<void> {
  if (setImmediate) return new Promise((done) => setImmediate(done));
  const { port1, port2 } = channel();
  return new Promise((done) => {
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}

const channel = (
  (Channel) => () =>
    new Channel()
)(globalThis.MessageChannel);

/** The line of the example that is at work, which is loaded from its text. */
function lineOf(): { line?: number } {
  const errors: { prepareStackTrace?: unknown } = Error;
  const before = errors.prepareStackTrace;
  // As text it would be looked up in source maps, thousands of times.
  errors.prepareStackTrace = (_: Error, sites: unknown) => sites;
  const sites = new Error().stack as unknown as NodeJS.CallSite[];
  errors.prepareStackTrace = before;
  const own = sites.find((site) =>
    site.getFileName()?.startsWith("data:text/javascript"),
  );
  const line = own?.getLineNumber();
  return typeof line === "number" ? { line } : {};
}
