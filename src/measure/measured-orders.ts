import type { Step } from "../orders/explored.ts";
import type { Bound } from "./bound.ts";
import type { Unit } from "./measured-claim.ts";

/** What came of one program in every order. Numbers of orders are texts. */
export interface Orders {
  of: "tasks" | "threads";
  /** How many of them. */
  count: number;
  /** How late a wait may be, in ms; left out where it may take any time. */
  lateness?: number | undefined;
  /** How many orders there are; `null` where threads can wait in circles. */
  orders: string | null;
  outcomes: {
    /** `null` where it did not end, or threw: then `end` says why. */
    figure: number | null;
    end?: string | undefined;
    orders: string | null;
    holds: boolean;
  }[];
  /** The shortest order in which the bound does not hold. */
  witness?: Step[] | undefined;
  /** All places that orders pass, the first one first, if they are few. */
  places?: RecordedPlace[] | undefined;
}

export interface RecordedPlace {
  next: { step: Step; to: number }[];
  /** How it ends here, if nothing can go on: as in `outcomes`. */
  figure?: number | null | undefined;
  end?: string | undefined;
}

/** What a claim in every order found. */
export interface MeasuredInEveryOrder {
  figure: string;
  unit: Unit;
  bound: Bound;
  subject: Orders;
  controls: Record<string, { leavesOut: string } & Orders>;
}
