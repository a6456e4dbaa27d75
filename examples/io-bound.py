"""I/O-bound work: it takes long, and the processor has next to nothing to do.

Eight calls to another machine, which a timer plays here: one after the other,
then all at once. Eight computations, started at once as well. And forty calls
that block, each in a thread: how many are under way?

    python3 examples/io-bound.py
"""

import asyncio
import sys
import threading
import time

TASKS = 8
WAIT = 0.04  # seconds
PRIMES_BELOW = 40_000
BLOCKING = 40


async def call(seconds=WAIT):
    """There is nothing to do here until the answer comes from there."""
    await asyncio.sleep(seconds)


async def compute():
    """There is nothing to wait for: all of it is to be done here."""
    return sum(map(is_prime, range(2, PRIMES_BELOW)))


def is_prime(n):
    return all(n % d for d in range(2, int(n**0.5) + 1))


async def in_turn(lane, task):
    for _ in range(TASKS):
        await measured(lane, task)


async def at_once(lane, task):
    await asyncio.gather(*(measured(lane, task) for _ in range(TASKS)))


async def measured(lane, task):
    start = time.perf_counter()
    await task()
    sys.audit("measure", lane, start, time.perf_counter())


async def blocked_at_once():
    """Counts the calls under way when each thread of the pool has one."""
    under_way = []
    answer = threading.Event()

    def block():
        start = time.perf_counter()
        under_way.append(start)
        answer.wait()
        sys.audit("measure", "blocking calls", start, time.perf_counter())

    calls = asyncio.gather(*(asyncio.to_thread(block) for _ in range(BLOCKING)))
    while not under_way or len(under_way) < threading.active_count() - 1:
        await asyncio.sleep(WAIT)
    before_any_answer = len(under_way)
    answer.set()
    await calls
    return before_any_answer


async def main():
    await report("calls in turn", in_turn, call)
    await report("calls at once", at_once, call)
    await report("computations at once", at_once, compute)
    print(f"blocking calls: {await blocked_at_once()} of {BLOCKING} at once")


async def report(lane, run, task):
    cpu, start = time.process_time(), time.perf_counter()
    await run(lane, task)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - start
    print(f"{lane}: {1000 * wall:.0f} ms, {1000 * cpu:.0f} ms of CPU")


if __name__ == "__main__":
    asyncio.run(main())
