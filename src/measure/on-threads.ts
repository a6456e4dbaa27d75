import type { Worker } from "node:worker_threads";

/**
 * Runs what starts so many workers, and throws if it starts more or fewer.
 *
 * @param leastBusy the ms for which each worker is busy at the least, up to its
 *   last message. It has to live on after it: one that has ended tells no more
 */
export async function onThreads<Value>(
  expected: number,
  run: () => Promise<Value>,
  leastBusy: (value: Value) => number = () => 0,
): Promise<Value> {
  const busy = new Map<Worker, number>();
  const watch = (worker: Worker) => {
    busy.set(worker, 0);
    worker.on("message", () =>
      busy.set(worker, worker.performance.eventLoopUtilization().active),
    );
  };
  process.on("worker", watch);
  try {
    const value = await run();
    // Node tells of a worker later than a thread that blocks has its answer.
    await new Promise((turn) => setTimeout(turn));
    const least = leastBusy(value);
    const atWork = [...busy.values()].filter((active) => active >= least);
    if (busy.size !== expected || atWork.length !== expected) {
      throw new Error(`${atWork.length} of ${busy.size} workers computed.`);
    }
    return value;
  } finally {
    process.off("worker", watch);
  }
}
