/**
 * An expression for `observePython` that first defines, in the program's module,
 * what the code says: functions that a claim needs and a reader does not. One of
 * the program's own with the same name is replaced.
 */
export function withCode(code: string, expression: string): string {
  return `(exec(${JSON.stringify(code)}, globals()), ${expression})[1]`;
}

/**
 * Python code that counts in `most` how many tasks slept at the same time, at
 * the most: a task that only queues does not sleep, nor does one that only lets
 * others run. `sleeps` has the seconds of each: there are more of them than of
 * the waits if a task that queues looks again and again.
 */
export const COUNT_SLEEPERS = `
sleepers, sleeps, most = set(), [], 0

async def sleep(seconds, fall_asleep=asyncio.sleep):
    global most
    if seconds > 0:
        sleepers.add(asyncio.current_task())
    sleeps.append(seconds)
    most = max(most, len(sleepers))
    await fall_asleep(seconds)
    sleepers.discard(asyncio.current_task())

asyncio.sleep = sleep
`;
