/** Runs what computes. Whoever sleeps on the thread instead is refused. */
export async function withoutSleep<Value>(
  run: () => Promise<Value>,
): Promise<Value> {
  const { wait } = Atomics;
  const refused = () => {
    throw new Error("Whoever computes has no need of a wait.");
  };
  Object.assign(Atomics, { wait: refused });
  try {
    return await run();
  } finally {
    Object.assign(Atomics, { wait });
  }
}
