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
 * others run, nor one that is due because somebody kept the thread. `sleeps` has
 * the seconds of each: there are more of them than of the waits if a task that
 * queues looks again and again.
 */
export const COUNT_SLEEPERS = `
import time

sleepers, sleeps, most = {}, [], 0

async def sleep(seconds, fall_asleep=asyncio.sleep):
    global most
    now = time.perf_counter()
    sleepers[asyncio.current_task()] = now + seconds
    sleeps.append(seconds)
    most = max(most, sum(due > now for due in sleepers.values()))
    await fall_asleep(seconds)
    del sleepers[asyncio.current_task()]

asyncio.sleep = sleep
`;
