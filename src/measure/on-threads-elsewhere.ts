/**
 * Only Node tells of a worker that starts, so only the tests of the project count
 * them.
 */
export function onThreads<Value>(
  _expected: number,
  run: () => Promise<Value>,
): Promise<Value> {
  return run();
}
