/** How often something happens among all orders; `null` where they are endless. */
export type Count = bigint | null;

/** One step of an order, as a reader is told of it. */
export interface Step {
  /** Who went on: "thread 1", or a wait that ended. */
  who: string;
  /** What was done: "reads cells[0]: 1". */
  what: string;
  /** The line of the example that did it, from 1, where that is known. */
  line?: number;
}

/** A way in which a program can end. */
export interface Outcome {
  /** What was asked of it; `NaN` where it got stuck or threw. */
  figure: number;
  /** Why there is no figure: "stuck", or what was thrown. */
  end?: string;
  /** In how many orders it ends so. */
  orders: Count;
  /** The shortest order that leads here. */
  witness: Step[];
}

/** What came of a program in every order. */
export interface Explored {
  /** How many orders there are. */
  orders: Count;
  /** Whether that is all of them. */
  isComplete: boolean;
  /** By their figures, the least first. */
  outcomes: Outcome[];
}
