/** Nothing but Node tells of a worker, and there the tests of the project run. */
export function onThreads<Value>(
  _expected: number,
  run: () => Promise<Value>,
): Promise<Value> {
  return run();
}
