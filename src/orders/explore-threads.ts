/**
 * Runs threads over shared memory in every order of their accesses.
 *
 * A state is where each thread stands with its local values or what it has
 * returned, who sleeps, and what is in memory. Equal states are explored once, and the orders that lead
 * through them are counted along the graph. The accesses are taken as steps of
 * one order ("interleavings"): for plain accesses that race, JavaScript's
 * memory model allows still more.
 */
import type { Count, Explored, Outcome, Place, Step } from "./explored.ts";
import { ENDLESS, STUCK } from "./explored.ts";
import type { Stop, Thread } from "./thread-code.ts";

export interface ThreadOptions {
  /** Each thread, begun anew. */
  threads: readonly ((cells: Int32Array) => Thread)[];
  /** What is in memory before they begin. */
  cells: readonly number[];
  /** What is asked when all have ended, of memory and of what each returned. */
  figure: (cells: Int32Array, answers: unknown[]) => number;
  /** After how many states to give up. */
  limit?: number;
}

/** One state, and where each thread would lead from it. */
export interface State {
  /** The thread that came here, from 0, and from which state: the shortest way. */
  from: { state: number; thread: number } | undefined;
  /** By thread: the state after its next step; none if it cannot go on. */
  next: (number | undefined)[];
  /** By thread: what it does next; none when it has ended. */
  steps: (Step | undefined)[];
  cells: number[];
  /** The figure, if all threads have ended. */
  figure: number | undefined;
}

/** The states and ends of threads in every order. */
export interface ThreadGraph extends Explored {
  states: State[];
  /** How many orders lead from each state to each figure, in their order. */
  reach: Count[][];
  /** States from which no end can be reached, whoever goes on. */
  lost: number[];
  /** The steps of the shortest way to a state. */
  wayTo: (state: number) => Step[];
}

/**
 * Explores all orders of threads.
 *
 * @throws what a thread throws
 */
export function exploreThreads({
  threads,
  cells,
  figure,
  limit = 1_000_000,
}: ThreadOptions): ThreadGraph {
  const states: State[] = [];
  const ids = new Map<string, number>();
  const paths: number[][] = [];

  const visit = (path: number[], from: State["from"]): number => {
    const run = new Run(threads, cells);
    for (const thread of path) run.step(thread);
    const key = run.key();
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = states.length;
    ids.set(key, id);
    paths.push(path);
    states.push({
      from,
      next: threads.map(() => undefined),
      steps: threads.map((_, thread) => run.nextStep(thread)),
      cells: [...run.memory],
      figure: run.isOver() ? figure(run.memory, run.answers()) : undefined,
    });
    return id;
  };

  visit([], undefined);
  // Breadth first, so that the first way to a state is a shortest one.
  let id = 0;
  for (; id < states.length && states.length <= limit; id++) {
    const { next, steps } = states[id]!;
    steps.forEach((step, thread) => {
      if (!step) return;
      next[thread] = visit([...paths[id]!, thread], { state: id, thread });
    });
  }
  return {
    ...summary(states),
    states,
    isComplete: id === states.length,
    places: states.map(placeOf),
    wayTo: (state) => wayTo(states, state),
  };
}

/** Threads that run as they are told. */
class Run {
  readonly memory: Int32Array;
  readonly #threads: {
    run: Thread;
    stop: Stop | undefined;
    /** What it returned, when it has ended. */
    answer: unknown;
    mood: "awake" | "asleep" | "woken";
  }[];
  /** Who sleeps at a cell, who came first in front: as Atomics.notify wakes. */
  readonly #sleepers: number[] = [];

  constructor(
    threads: readonly ((cells: Int32Array) => Thread)[],
    cells: readonly number[],
  ) {
    this.memory = Int32Array.from(cells);
    this.#threads = threads.map((start) => {
      const run = start(this.memory);
      return { run, ...this.#whereItIs(run.next()), mood: "awake" };
    });
  }

  isOver(): boolean {
    return this.#threads.every(({ stop }) => stop === undefined);
  }

  answers(): unknown[] {
    return this.#threads.map(({ answer }) => answer);
  }

  /** What a thread does when it goes on; nothing if it cannot. */
  nextStep(thread: number): Step | undefined {
    const { stop, mood } = this.#threads[thread]!;
    if (!stop || mood === "asleep") return undefined;
    const { kind, cell, values, line } = stop;
    const value = kind === "read" ? this.memory[cell] : values.at(-1);
    return {
      who: thread + 1,
      kind,
      cell,
      ...(value !== undefined && { value }),
      line,
    };
  }

  step(thread: number): void {
    const one = this.#threads[thread]!;
    const { kind, cell, values } = one.stop!;
    if (kind === "wait" && one.mood === "awake") {
      // Atomics.wait compares a whole number of 32 bits.
      if (this.memory[cell] === (values[0]! | 0)) {
        one.mood = "asleep";
        this.#sleepers.push(thread);
        return;
      }
      this.#goOn(thread, "not-equal");
    } else if (kind === "wait") {
      one.mood = "awake";
      this.#goOn(thread, "ok");
    } else if (kind === "notify") {
      this.#goOn(thread, this.#wake(cell, values[0] ?? Infinity));
    } else {
      this.#goOn(thread, undefined);
    }
  }

  #goOn(thread: number, answer: unknown): void {
    const one = this.#threads[thread]!;
    Object.assign(one, this.#whereItIs(one.run.next(answer)));
  }

  #whereItIs(step: IteratorResult<Stop, unknown>) {
    if (step.done) return { stop: undefined, answer: step.value };
    const { cell, line } = step.value;
    if (!Number.isInteger(cell) || this.memory[cell] === undefined) {
      throw new Error(`Line ${line}: there is no cell ${String(cell)}.`);
    }
    return { stop: step.value, answer: undefined };
  }

  #wake(cell: number, most: number): number {
    const woken = this.#sleepers
      .filter((thread) => this.#threads[thread]!.stop!.cell === cell)
      .slice(0, Math.max(0, most));
    for (const thread of woken) {
      this.#threads[thread]!.mood = "woken";
      this.#sleepers.splice(this.#sleepers.indexOf(thread), 1);
    }
    return woken.length;
  }

  /** Equal for equal states, and for no others. */
  key(): string {
    const state = [
      this.#threads.map(({ stop, answer, mood }) => [
        stop?.frames,
        answer,
        mood,
      ]),
      this.#sleepers,
      [...this.memory],
    ];
    return JSON.stringify(state, (_, value: unknown) => asKey(value));
  }
}

/** JSON alone has one text for `NaN`, `Infinity`, `undefined` and `null`. */
function asKey(value: unknown): unknown {
  if (typeof value === "object" && value !== null) return value;
  return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
}

function placeOf({ next, steps, figure }: State): Place {
  const ways = next.flatMap((to, thread) =>
    to === undefined ? [] : [{ step: steps[thread]!, to }],
  );
  if (ways.length > 0) return { next: ways };
  const outcome =
    figure === undefined ? { figure: NaN, end: STUCK } : { figure };
  return { next: ways, outcome };
}

function summary(
  states: readonly State[],
): Pick<ThreadGraph, "orders" | "outcomes" | "reach" | "lost"> {
  const stuck = (state: State) =>
    state.figure === undefined && state.next.every((id) => id === undefined);
  const ends = states.flatMap((state, id) =>
    state.figure !== undefined || stuck(state) ? [{ state, id }] : [],
  );
  const figures = [...new Set(ends.map(({ state }) => state.figure))].sort(
    (a, b) => (a ?? -Infinity) - (b ?? -Infinity),
  );
  const reach = countOrders(states, figures);
  const outcomes = figures.map((figure, index): Outcome => {
    // Breadth first: the first one found has the shortest way.
    const first = ends.find(({ state }) => state.figure === figure)!;
    return {
      figure: figure ?? NaN,
      ...(figure === undefined && { end: STUCK }),
      orders: reach[0]![index]!,
      witness: wayTo(states, first.id),
    };
  });
  const endless = circles(states).find((circle) => isFair(circle, states));
  if (endless) {
    const witness = wayTo(states, Math.min(...endless));
    outcomes.push({ figure: NaN, end: ENDLESS, orders: null, witness });
  }
  const orders = outcomes.map((outcome) => outcome.orders);
  return {
    orders: orders.some((count) => count === null)
      ? null
      : orders.reduce<bigint>((sum, count) => sum + count!, 0n),
    outcomes,
    reach,
    lost: withoutEnd(
      states,
      ends.map(({ id }) => id),
    ),
  };
}

/** The steps of the shortest way to a state. */
function wayTo(states: readonly State[], id: number): Step[] {
  const { from } = states[id]!;
  if (!from) return [];
  const step = states[from.state]!.steps[from.thread]!;
  return [...wayTo(states, from.state), step];
}

/**
 * How many orders lead from each state to each figure. Where threads can go in
 * a circle, waiting for one another, there are endlessly many.
 */
function countOrders(
  states: readonly State[],
  figures: readonly (number | undefined)[],
): Count[][] {
  const counts: Count[][] = [];
  const open = new Set<number>();
  let isEndless = false;
  const count = (id: number): Count[] => {
    const known = counts[id];
    if (known) return known;
    if (open.has(id)) {
      isEndless = true;
      return figures.map(() => 0n);
    }
    open.add(id);
    const { next, figure } = states[id]!;
    const ways = next.flatMap((to) => (to === undefined ? [] : [count(to)]));
    const isEnd = ways.length === 0;
    const sum = figures.map((one, index) =>
      isEnd
        ? BigInt(one === figure)
        : ways.reduce((all, way) => all + (way[index] ?? 0n), 0n),
    );
    open.delete(id);
    counts[id] = sum;
    return sum;
  };
  count(0);
  return isEndless ? states.map(() => figures.map(() => null)) : counts;
}

/**
 * Whether threads can go round in this circle for ever though each gets its
 * turn: each steps in it, or cannot go on at some place of it. A thread that
 * waits for one that is never let on does not count: a scheduler that is fair
 * lets everybody on who can go on ("weak fairness").
 */
function isFair(circle: ReadonlySet<number>, states: readonly State[]) {
  const places = [...circle].map((id) => states[id]!.next);
  return places[0]!.every((_, thread) =>
    places.some(({ [thread]: to }) => to === undefined || circle.has(to)),
  );
}

/**
 * The sets of states that can all be reached from one another by some step,
 * by Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972).
 */
function circles(states: readonly State[]): Set<number>[] {
  const found: Set<number>[] = [];
  const indices: number[] = [];
  const lowest: number[] = [];
  const open: number[] = [];
  const isOpen = new Set<number>();
  let index = 0;
  const visit = (id: number): void => {
    indices[id] = lowest[id] = index++;
    open.push(id);
    isOpen.add(id);
    for (const to of states[id]!.next) {
      if (to === undefined) continue;
      if (indices[to] === undefined) visit(to);
      if (isOpen.has(to)) lowest[id] = Math.min(lowest[id]!, lowest[to]!);
    }
    if (lowest[id] !== indices[id]) return;
    const circle = new Set(open.splice(open.lastIndexOf(id)));
    circle.forEach((one) => isOpen.delete(one));
    if (circle.size > 1 || states[id]!.next.includes(id)) found.push(circle);
  };
  visit(0);
  return found;
}

/** The states from which no end can be reached: walks back from the ends. */
function withoutEnd(
  states: readonly State[],
  ends: readonly number[],
): number[] {
  const before = states.map((): number[] => []);
  states.forEach(({ next }, id) =>
    next.forEach((to) => to !== undefined && before[to]!.push(id)),
  );
  const good = ends.filter((id) => states[id]!.figure !== undefined);
  const reached = new Set(good);
  const queue = [...good];
  for (const id of queue) {
    for (const one of before[id]!) {
      if (reached.has(one)) continue;
      reached.add(one);
      queue.push(one);
    }
  }
  return states.flatMap((_, id) => (reached.has(id) ? [] : [id]));
}
