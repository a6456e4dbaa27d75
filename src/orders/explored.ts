/** How often something happens among all orders; `null` where they are endless. */
export type Count = bigint | null;

/** One step of an order. */
export interface Step {
  /** Which thread or task, from 1. */
  who: number;
  /**
   * What it does: "read", "write", an operation of Atomics; "goes on" where a
   * task ends a wait and the program tells no more of it.
   */
  kind: string;
  /** Which cell of shared memory, and with which value. */
  cell?: number | undefined;
  value?: number | undefined;
  /** The line of the example, from 1. */
  line?: number | undefined;
  /** What came with it, by this task or by others that it let go on. */
  also?: Step[] | undefined;
}

/** A way in which a program can end. */
export interface Outcome {
  /** What was asked of it; `NaN` where it does not end, or throws. */
  figure: number;
  /** Why there is no figure: `STUCK`, `ENDLESS`, or "threw" and what. */
  end?: string;
  /** In how many orders it ends so. */
  orders: Count;
  /** The shortest order that leads here. */
  witness: Step[];
}

/** The end of a program of which nothing can go on. */
export const STUCK = "stuck";

/** The end of a program that goes on for ever, whoever goes on. */
export const ENDLESS = "endless";

/** What came of a program in every order. */
export interface Explored {
  /** How many orders there are. */
  orders: Count;
  /** Whether that is all of them. */
  isComplete: boolean;
  /** By their figures, the least first. */
  outcomes: Outcome[];
  /** All places that orders pass, the first one first. */
  places: Place[];
}

/** A place from which an order can go on in several ways. */
export interface Place {
  /** The steps that can be next, and the place behind each, by its number. */
  next: { step: Step; to: number }[];
  /** How it ends here, if nothing can go on. */
  outcome?: Pick<Outcome, "figure" | "end">;
}
