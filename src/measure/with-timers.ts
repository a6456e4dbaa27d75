import { observeProcess } from "./observe-process.ts";
import { peak } from "./shapes.ts";

/** A timer, from when it was asked for until it fired. In ms. */
interface Timer {
  start: number;
  end: number;
  due: number;
}

/**
 * Observes the process meanwhile, and how many timers of these lengths ran at
 * once: `timers` in all, and `undue` of which none was due yet. Whoever queues
 * for the one before has none yet, whoever keeps the thread has only some that
 * are due, and whoever computes has none at all. Both are 0 if something that
 * was measured ended later than the last of them set off: it waited for
 * something else. `asked` is how many timers of these lengths there were: more
 * than there were waits, and some are something else, such as a limit for a
 * queue. Timers of other lengths do not count, nor do those that are cleared.
 *
 * @param lengths in ms
 */
export async function withTimers<Value>(
  lengths: readonly number[],
  run: () => Promise<Value>,
) {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<unknown, Timer>();
  let turnAfterLast = -Infinity;
  const counting = (
    act: (...given: unknown[]) => void,
    ms = 0,
    ...given: unknown[]
  ) => {
    if (!lengths.includes(ms)) return setTimeout(act, ms, ...given);
    const start = performance.now();
    const timer = { start, end: Infinity, due: start + ms };
    const asked = setTimeout(() => {
      timer.end = performance.now();
      act(...given);
      setTimeout(() => (turnAfterLast = performance.now()));
    }, ms);
    timers.set(asked, timer);
    return asked;
  };
  const clearing = (asked?: Parameters<typeof clearTimeout>[0]) => {
    timers.delete(asked);
    clearTimeout(asked);
  };
  Object.assign(globalThis, { setTimeout: counting, clearTimeout: clearing });
  try {
    const seen = await observeProcess(run);
    // Set after that of the last timer, so it fires after it.
    await new Promise((turn) => setTimeout(turn, 1));
    const isOther = seen.spans.some(({ end }) => end > turnAfterLast);
    const counted = isOther ? [] : [...timers.values()];
    // A timer may fire up to 1 ms early.
    const untilDue = counted.map(({ start, end, due }) => ({
      start,
      end: Math.min(end, due),
    }));
    return {
      ...seen,
      asked: timers.size,
      timers: peak(counted),
      undue: peak(untilDue),
    };
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
