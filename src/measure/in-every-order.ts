import { readFileSync } from "node:fs";
import type { Explored, Outcome, Place } from "../orders/explored.ts";
import type { As, Tell } from "../orders/explore-tasks.ts";
import { exploreTasks } from "../orders/explore-tasks.ts";
import { exploreThreads } from "../orders/explore-threads.ts";
import { loadExample, withConstants } from "../orders/load-example.ts";
import { threadFunctions } from "../orders/thread-code.ts";
import type { Bound } from "./bound.ts";
import { holds } from "./bound.ts";
import type { Unit } from "./measured-claim.ts";
import type {
  MeasuredInEveryOrder,
  Orders,
  RecordedPlace,
} from "./measured-orders.ts";

/** A program that can be run in every order. */
export interface Program {
  scope: Pick<Orders, "of" | "count" | "lateness">;
  explore(): Promise<Explored>;
}

/** What is stated of a program in every order. */
export interface OrderClaim {
  /** What is asked at the end of each order, in words. */
  figure: string;
  unit: Unit;
  bound: Bound;
  /** The bound holds in every order of it. */
  subject: Program;
  /** The concept left out or broken. The bound fails in some order of each. */
  controls: Record<string, { leavesOut: string; program: Program }>;
}

/** Explores subject and controls. */
export async function measureOrders({
  figure,
  unit,
  bound,
  subject,
  controls,
}: OrderClaim): Promise<MeasuredInEveryOrder> {
  const explore = async (program: Program): Promise<Orders> => {
    const { orders, isComplete, outcomes, places } = await program.explore();
    if (!isComplete) {
      throw new Error(
        `There are more than ${orders} orders: explore fewer tasks.`,
      );
    }
    const broken = outcomes
      .filter((outcome) => !keeps(bound, outcome))
      .toSorted((a, b) => a.witness.length - b.witness.length);
    return {
      ...program.scope,
      orders: orders === null ? null : String(orders),
      outcomes: outcomes.map(({ figure, end, orders }) => ({
        figure: Number.isNaN(figure) ? null : figure,
        ...(end !== undefined && { end }),
        orders: orders === null ? null : String(orders),
        holds: keeps(bound, { figure }),
      })),
      ...(broken[0] && { witness: broken[0].witness }),
      ...(places.length <= MAX_PLACES && { places: places.map(asRecorded) }),
    };
  };
  const measured: MeasuredInEveryOrder = {
    figure,
    unit,
    bound,
    subject: await explore(subject),
    controls: {},
  };
  for (const [name, { leavesOut, program }] of Object.entries(controls)) {
    measured.controls[name] = { leavesOut, ...(await explore(program)) };
  }
  return measured;
}

/** More than a reader goes through, and than a page can bear. */
const MAX_PLACES = 200;

function asRecorded({ next, outcome }: Place): RecordedPlace {
  if (!outcome) return { next };
  const { figure, end } = outcome;
  return {
    next,
    figure: Number.isNaN(figure) ? null : figure,
    ...(end !== undefined && { end }),
  };
}

function keeps(bound: Bound, { figure }: Pick<Outcome, "figure">): boolean {
  return holds(bound, figure);
}

/** What is wrong with what was explored, in words; nothing if it stands. */
export function faultInOrders({
  bound,
  subject,
  controls,
}: MeasuredInEveryOrder): string | undefined {
  const asked = `the bound ${bound.is} ${bound.value}`;
  if (subject.outcomes.length === 0) return "No order of it has an end.";
  const broken = subject.outcomes.find((outcome) => !outcome.holds);
  if (broken) {
    return `In ${broken.orders ?? "endless"} of ${subject.orders ?? "endless"} orders it ends with ${broken.end ?? broken.figure}, against ${asked}. The shortest: ${JSON.stringify(subject.witness)}`;
  }
  const names = Object.keys(controls);
  if (names.length === 0)
    return "It has no control, so nothing shows that it could fail.";
  const toothless = names.filter((name) =>
    controls[name]!.outcomes.every((outcome) => outcome.holds),
  );
  if (toothless.length === 0) return undefined;
  return `${asked} holds in every order of the control ${toothless.join(", ")} too, so it proves nothing.`;
}

/**
 * An example over timers and promises, in every order of its waits.
 *
 * @param slug whose example
 * @param constants set to smaller numbers: orders grow faster than anything
 * @param count how many tasks the program starts
 * @param program gives the figure of one run, from the example's exports. It
 *   begins each task by `as`, and may tell what they do
 * @param lateness how late a wait may be, in ms; any wait as late as it likes
 *   if left out
 */
export function tasks<Example>(
  slug: string,
  constants: Readonly<Record<string, number>>,
  count: number,
  program: (example: Example, tell: Tell, as: As) => number | Promise<number>,
  lateness?: number,
): Program {
  return {
    scope: {
      of: "tasks",
      count,
      ...(lateness !== undefined && { lateness }),
    },
    async explore() {
      const example = (await loadExample(
        `examples/${slug}.ts`,
        constants,
      )) as Example;
      return exploreTasks(
        (tell, as) => program(example, tell, as),
        lateness === undefined ? {} : { lateness },
      );
    },
  };
}

interface Threads {
  /** What is in shared memory before they begin. */
  cells: readonly number[];
  /** For each thread the exported function, and what it gets beside the cells. */
  threads: readonly (readonly [name: string, ...given: number[]])[];
  /** What is asked when all have ended, of memory and of what each returned. */
  figure: (cells: Int32Array, answers: unknown[]) => number;
  constants?: Readonly<Record<string, number>>;
}

/** Functions of an example over shared memory, in every order of accesses. */
export function threads(slug: string, stated: Threads): Program {
  return {
    scope: { of: "threads", count: stated.threads.length },
    explore: async () => exploreExample(slug, stated),
  };
}

/** The same, asked for the states from which no end can be reached. */
export function deadEnds(
  slug: string,
  stated: Omit<Threads, "figure">,
): Program {
  return {
    scope: { of: "threads", count: stated.threads.length },
    async explore() {
      const graph = exploreExample(slug, { ...stated, figure: () => 0 });
      const { states, lost, wayTo } = graph;
      return {
        orders: null,
        isComplete: graph.isComplete && states.length > 0,
        places: graph.places,
        outcomes: [
          {
            figure: lost.length,
            orders: null,
            witness: lost[0] === undefined ? [] : wayTo(lost[0]),
          },
        ],
      };
    },
  };
}

function exploreExample(
  slug: string,
  { cells, threads, figure, constants = {} }: Threads,
) {
  const file = `examples/${slug}.ts`;
  const source = withConstants(readFileSync(file, "utf8"), file, constants);
  const functions = threadFunctions(source, file);
  return exploreThreads({
    cells,
    figure,
    threads: threads.map(([name, ...given]) => {
      const code = functions[name];
      if (!code) {
        throw new Error(
          `${file} has no function “${name}” that takes an Int32Array.`,
        );
      }
      return (memory: Int32Array) => code(memory, ...given);
    }),
  });
}
