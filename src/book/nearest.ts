const SHOWN = 3;

/** "Did you mean …?" with the names nearest to what was written. */
export function nearest(written: string, known: readonly string[]): string {
  // A slug and its title may differ in nothing but case.
  const names = new Map(known.map((name) => [name.toLowerCase(), name]));
  const near = [...names.values()]
    .map((name) => ({ name, far: distance(written, name) }))
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, SHOWN)
    .map(({ name }) => name);
  if (near.length === 0) return "There is none yet.";
  return `Did you mean ${near.join(", ")}?`;
}

/**
 * Levenshtein's edit distance, without regard to case. A syllable of Korean
 * counts by its letters: 쓰 is near to 스.
 */
export function distance(a: string, b: string): number {
  const left = a.toLowerCase().normalize("NFD");
  const right = b.toLowerCase().normalize("NFD");
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[right.length]!;
}
