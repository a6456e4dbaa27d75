/** That one step is at least so many ms later than another; less than 0 if it may be earlier. */
export interface Gap {
  from: number;
  to: number;
  ms: number;
}

/**
 * The earliest times of steps, the first of which is at 0.
 *
 * Gaps from an earlier step to a later one say how soon it can be, and those
 * back how late: a circle of them that is longer than 0 leaves no time
 * (R. Dechter, I. Meiri and J. Pearl, "Temporal Constraint Networks", 1991).
 *
 * @returns nothing if no times keep all the gaps
 */
export function earliestTimes(
  steps: number,
  gaps: readonly Gap[],
): number[] | undefined {
  const times = Array.from({ length: steps }, () => 0);
  // Bellman-Ford: without such a circle, a way passes each step once.
  for (let round = 0; round <= steps; round++) {
    const short = gaps.filter(({ from, to, ms }) => {
      const least = times[from]! + ms;
      const isShort = times[to]! < least;
      if (isShort) times[to] = least;
      return isShort;
    });
    if (short.length === 0) return times;
  }
  return undefined;
}
