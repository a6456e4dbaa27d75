/**
 * Independent of the engines, and of their code: every merge of threads that
 * read a cell and write it plus one, run one by one, no state merged.
 *
 * @returns how many merges end with which value
 */
export function bruteForce(
  threads: number,
  times: number,
): Record<number, number> {
  const ends: Record<number, number> = {};
  const done = Array<number>(threads).fill(0);
  const read = Array<number>(threads).fill(0);
  let cell = 0;
  const goOn = (): void => {
    let isOver = true;
    for (let thread = 0; thread < threads; thread++) {
      if (done[thread] === 2 * times) continue;
      isOver = false;
      const before = [cell, read[thread]!] as const;
      if (done[thread]! % 2 === 0) read[thread] = cell;
      else cell = read[thread]! + 1;
      done[thread]!++;
      goOn();
      done[thread]!--;
      [cell, read[thread]] = before;
    }
    if (isOver) ends[cell] = (ends[cell] ?? 0) + 1;
  };
  goOn();
  return ends;
}
