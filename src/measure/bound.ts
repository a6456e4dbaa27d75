/** What a claim asks of its figure. */
export interface Bound {
  is: "=" | "≥" | "≤" | ">" | "<";
  value: number;
}

/** The figure is `value`, no more and no less. */
export const exactly = (value: number): Bound => ({ is: "=", value });
/** The figure is `value` or more. */
export const atLeast = (value: number): Bound => ({ is: "≥", value });
/** The figure is `value` or less. Never for a duration: load stretches it. */
export const atMost = (value: number): Bound => ({ is: "≤", value });
/** The figure is more than `value`. */
export const moreThan = (value: number): Bound => ({ is: ">", value });
/** The figure is less than `value`. Never for a duration: load stretches it. */
export const lessThan = (value: number): Bound => ({ is: "<", value });

/** Whether the figure is within the bound. `NaN` never is. */
export function holds({ is, value }: Bound, figure: number): boolean {
  switch (is) {
    case "=":
      return figure === value;
    case "≥":
      return figure >= value;
    case "≤":
      return figure <= value;
    case ">":
      return figure > value;
    case "<":
      return figure < value;
  }
}
