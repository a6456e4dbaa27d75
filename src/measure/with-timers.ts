import { observeProcess } from "./observe-process.ts";

/**
 * Observes the process meanwhile, and how many timers ran at once: whoever
 * queues for the one before has none yet, and whoever computes has none at all.
 */
export async function withTimers<Value>(run: () => Promise<Value>) {
  const { setTimeout } = globalThis;
  let running = 0;
  let timers = 0;
  const counting = (act: () => void, ms?: number) => {
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
