"""Asynchronous: start it, go on, and take the result when it is there.

A page asks three services: it awaits each call, it calls all three first, or
it makes a task of each call. What has begun when the next line runs? Then one
service is down, and three ways to wait tell when the page hears of it, and
what becomes of the other calls.

    python3 examples/asynchronous.py
"""

import asyncio
import sys
import time

PART = 0.03  # seconds
PARTS = {"reviews": 1, "stock": 2, "price": 3}


async def ask(name, log, down):
    """Asks a service. Until each part of the answer comes, others may run."""
    log.append("begun")
    start = time.perf_counter()
    for _ in range(PARTS[name]):
        await asyncio.sleep(PART)
    sys.audit("measure", name, start, time.perf_counter())
    log.append("failed" if name == down else "done")
    if name == down:
        raise ConnectionError(f"{name} is down")


def mark(what, log):
    log.append(what)
    sys.audit("mark", what, time.perf_counter())


async def in_turn(log, down):
    """Awaits each call before the next."""
    for name in PARTS:
        await ask(name, log, down)
    mark("next line", log)


async def called(log, down):
    """Calls all three, and awaits each call afterwards."""
    calls = [ask(name, log, down) for name in PARTS]
    mark("next line", log)
    for call in calls:
        await call


async def gather(log, down):
    """Makes a task of each call, and awaits all of them afterwards."""
    tasks = [asyncio.create_task(ask(name, log, down)) for name in PARTS]
    mark("next line", log)
    await asyncio.gather(*tasks)


async def task_group(log, down):
    """As gather, but a failure cancels the others."""
    async with asyncio.TaskGroup() as group:
        for name in PARTS:
            group.create_task(ask(name, log, down))


async def longest_first(log, down):
    """Makes a task of each call, and awaits one after another."""
    tasks = [asyncio.create_task(ask(name, log, down)) for name in PARTS]
    for task in reversed(tasks):
        await task


async def run(way, down=None):
    """Goes one way until all calls have ended. What happened when?"""
    try:
        await way(log := [], down)
    except* ConnectionError:
        mark("heard", log)
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
    return log


async def main():
    for way in in_turn, called, gather:
        print(f"{way.__name__}:", ", ".join(await run(way)))
    for way in gather, task_group, longest_first:
        print(f"failing {way.__name__}:", ", ".join(await run(way, "reviews")))


if __name__ == "__main__":
    asyncio.run(main())
