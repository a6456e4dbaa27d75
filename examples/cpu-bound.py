"""
CPU-bound work: threads take turns at it, processes share it.

Three jobs that compute: on the thread of the event loop, then in a thread each,
then in a process each. How long do they take, on how many cores, and how many
turns does a neighbour on the loop get, which wants one every 5 ms?

    python3 examples/cpu-bound.py
"""

import asyncio
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Barrier

JOBS = 3
CHECKS = 3_000
TURN = 0.005  # seconds


def job(lane, checks):
    """A fixed amount of work, not of time: a faster machine is done sooner."""
    start, cpu = time.perf_counter(), time.thread_time()
    for _ in range(checks):
        is_prime(1_000_003)
    end, cpu = time.perf_counter(), time.thread_time() - cpu
    sys.audit("measure", lane, start, end)
    return start, end, cpu


def is_prime(n):
    return all(n % d for d in range(2, int(n**0.5) + 1))


async def on_the_loop(checks=CHECKS):
    return await asyncio.gather(*(compute(checks) for _ in range(JOBS)))


async def compute(checks):
    return job("on the loop", checks)


async def in_threads(checks=CHECKS):
    return await in_pool(ThreadPoolExecutor(JOBS), "in threads", checks)


async def in_processes(checks=CHECKS):
    """The jobs begin when all three processes have started."""
    pool = ProcessPoolExecutor(JOBS, initializer=Barrier(JOBS).wait)
    return await in_pool(pool, "in processes", checks)


async def in_pool(pool, lane, checks):
    loop = asyncio.get_running_loop()
    jobs = (loop.run_in_executor(pool, job, lane, checks) for _ in range(JOBS))
    with pool:
        return await asyncio.gather(*jobs)


async def beside(jobs):
    """The jobs' seconds and cores, and the neighbour's turns meanwhile."""
    turns = []

    async def neighbour():
        while True:
            await asyncio.sleep(TURN)
            turns.append(time.perf_counter())
            sys.audit("mark", "neighbour", turns[-1])

    neighbour = asyncio.create_task(neighbour())
    starts, ends, cpus = zip(*await jobs)
    neighbour.cancel()
    took = max(ends) - min(starts)
    meanwhile = [at for at in turns if min(starts) <= at <= max(ends)]
    return took, sum(cpus) / took, len(meanwhile)


async def main():
    for way in (on_the_loop, in_threads, in_processes):
        took, cores, turns = await beside(way())
        print(f"{way.__name__}: {took:.2f} s, {cores:.1f} cores, {turns} turns")


if __name__ == "__main__":
    asyncio.run(main())
