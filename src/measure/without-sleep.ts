const { wait } = Atomics;
let mayWait = true;

// Put there before an example is imported, which may keep it under another name.
Object.assign(Atomics, {
  wait: (...given: Parameters<typeof wait>) => {
    if (mayWait) return wait(...given);
    throw new Error("Whoever computes has no need of a wait.");
  },
});

/** Runs what computes. Whoever sleeps on the thread instead is refused. */
export async function withoutSleep<Value>(
  run: () => Promise<Value>,
): Promise<Value> {
  mayWait = false;
  try {
    return await run();
  } finally {
    mayWait = true;
  }
}
