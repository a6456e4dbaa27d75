import { performance } from "node:perf_hooks";

/**
 * For how much of the time of a run this thread was on a CPU, in percent. Other
 * threads of the process do not count, unlike in its CPU time.
 *
 * @throws what the run throws, and where the runtime does not tell: see `needs`
 */
export async function threadCpuShare(
  run: () => void | Promise<void>,
): Promise<number> {
  const before = process.threadCpuUsage();
  const start = performance.now();
  await run();
  const took = performance.now() - start;
  const { user, system } = process.threadCpuUsage(before);
  return (100 * (user + system)) / 1000 / took;
}
