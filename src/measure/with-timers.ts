import { observeProcess } from "./observe-process.ts";

/**
 * Observes the process meanwhile, and how many timers of these lengths ran at
 * once: whoever queues for the one before has none yet, and whoever computes
 * has none at all. Other timers, such as a limit for a queue, do not count.
 *
 * @param lengths in ms
 */
export async function withTimers<Value>(
  lengths: readonly number[],
  run: () => Promise<Value>,
) {
  const { setTimeout } = globalThis;
  let running = 0;
  let timers = 0;
  const counting = (act: () => void, ms = 0) => {
    if (!lengths.includes(ms)) return setTimeout(act, ms);
    timers = Math.max(timers, ++running);
    return setTimeout(() => {
      running--;
      act();
    }, ms);
  };
  Object.assign(globalThis, { setTimeout: counting });
  try {
    return { ...(await observeProcess(run)), timers };
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
}
