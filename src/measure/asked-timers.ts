/** A timer that was asked for. In ms. */
export interface AskedTimer {
  ms: number;
  /** When it fired first; infinite until it has. */
  firedAt: number;
}

/**
 * Runs the function and notes the timers that it asks for, in this order, by
 * `setTimeout` and `setInterval`. What a program calls a timer of 0 ms may be
 * one of 15, and a poller may look more often than it counts.
 */
export async function askedTimers<Value>(
  run: (asked: readonly AskedTimer[]) => Value | Promise<Value>,
): Promise<{ value: Value; asked: readonly AskedTimer[] }> {
  const { setTimeout, setInterval } = globalThis;
  const asked: AskedTimer[] = [];
  const noting =
    (set: typeof setTimeout | typeof setInterval) =>
    (act: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const timer = { ms, firedAt: Infinity };
      asked.push(timer);
      const fire = () => {
        timer.firedAt = Math.min(timer.firedAt, performance.now());
        act(...given);
      };
      return set(fire, ms);
    };
  Object.assign(globalThis, {
    setTimeout: noting(setTimeout),
    setInterval: noting(setInterval),
  });
  try {
    return { value: await run(asked), asked };
  } finally {
    Object.assign(globalThis, { setTimeout, setInterval });
  }
}
