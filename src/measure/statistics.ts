/** The middle of the values; of two middles the mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Summary {
  runs: number;
  min: number;
  median: number;
  max: number;
}

/** How many values there are, and their least, middle and greatest. */
export function summarise(values: readonly number[]): Summary {
  return {
    runs: values.length,
    min: Math.min(...values),
    median: median(values),
    max: Math.max(...values),
  };
}
