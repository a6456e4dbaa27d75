/**
 * Runs threads over shared memory in every order of their accesses.
 *
 * A state is where each thread stands with its local values, who sleeps, and
 * what is in memory. Equal states are explored once, and the orders that lead
 * through them are counted along the graph. The accesses are taken as steps of
 * one order ("interleavings"): for plain accesses that race, JavaScript's
 * memory model allows still more.
 */
import type { Count, Explored, Outcome, Place, Step } from "./explored.ts";
import { STUCK } from "./explored.ts";
import type { Stop, Thread } from "./thread-code.ts";

export interface ThreadOptions {
  /** Each thread, begun anew. */
  threads: readonly ((cells: Int32Array) => Thread)[];
  /** What is in memory before they begin. */
  cells: readonly number[];
  /** What is asked of memory when all have ended. */
  figure: (cells: Int32Array) => number;
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
      figure: run.isOver() ? figure(run.memory) : undefined,
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
      const { value } = run.next();
      return { run, stop: value ?? undefined, mood: "awake" };
    });
  }

  isOver(): boolean {
    return this.#threads.every(({ stop }) => stop === undefined);
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
      if (this.memory[cell] === values[0]) {
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
    one.stop = one.run.next(answer).value ?? undefined;
  }

  #wake(cell: number, most: number): number {
    const woken = this.#sleepers
      .filter((thread) => this.#threads[thread]!.stop!.cell === cell)
      .slice(0, most);
    for (const thread of woken) {
      this.#threads[thread]!.mood = "woken";
      this.#sleepers.splice(this.#sleepers.indexOf(thread), 1);
    }
    return woken.length;
  }

  /** Equal for equal states, and for no others. */
  key(): string {
    return JSON.stringify([
      this.#threads.map(({ stop, mood }) => [stop?.frames, mood]),
      this.#sleepers,
      [...this.memory],
    ]);
  }
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
