/** Some 50 ms of computing: much more than the scheduler's slice of time. */
const STEPS = 50_000_000;

/**
 * The CPU time that this thread takes in a run, in percent of what it takes
 * when it computes for as long. Load takes the CPU from both alike: what never
 * pauses is near 100 on a crowded machine too, and what sleeps is near 0.
 *
 * @throws what the run throws, and where the runtime does not tell: see `needs`
 */
export async function cpuAgainstComputing(
  run: () => void | Promise<void>,
): Promise<number> {
  const computing = await cpuShare(compute);
  return (100 * (await cpuShare(run))) / computing;
}

/** For how much of a run this thread, and no other, is on a CPU: 0 to 1. */
async function cpuShare(run: () => unknown): Promise<number> {
  settleAccounts();
  const before = process.threadCpuUsage();
  const start = performance.now();
  await run();
  const took = performance.now() - start;
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / took;
}

/**
 * The system books what a thread has used a few ms late, at its own next tick,
 * but at once when the thread falls asleep. Or the run before would be booked
 * to this one.
 */
function settleAccounts(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

/** A fixed amount of work that looks at no clock and needs each step before. */
function compute(): number {
  let value = 1;
  for (let step = 0; step < STEPS; step++) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  }
  return value;
}
