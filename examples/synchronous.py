"""Synchronous: one step after the other.

Three steps of 90, 60 and 30 ms, run in three ways: called in turn, awaited in
turn, and started together. Beside them a neighbour wants a turn every 20 ms,
and shows who lets it have one.

    python3 examples/synchronous.py
"""

import asyncio
import sys
import time

STEPS = {"read": 0.09, "convert": 0.06, "write": 0.03}
TURN = 0.02


async def called_in_turn(done):
    """Each step starts when the one before has returned."""
    for name in STEPS:
        block(name, done)


async def awaited_in_turn(done):
    """Each step starts when the one before is done; the thread is free."""
    for name in STEPS:
        await rest(name, done)


async def started_together(done):
    """All steps start at once."""
    await asyncio.gather(*(rest(name, done) for name in STEPS))


def block(name, done):
    """A step that keeps the thread until it is done."""
    start = time.perf_counter()
    time.sleep(STEPS[name])
    sys.audit("measure", name, start, time.perf_counter())
    done.append(name)


async def rest(name, done):
    """A step that leaves the thread to others until it is done."""
    start = time.perf_counter()
    await asyncio.sleep(STEPS[name])
    sys.audit("measure", name, start, time.perf_counter())
    done.append(name)


async def neighbour(turns):
    """Would like a turn every 20 ms."""
    while True:
        await asyncio.sleep(TURN)
        turns.append(time.perf_counter())
        sys.audit("mark", "neighbour", turns[-1])


async def observe(way):
    """Goes one way beside the neighbour, and counts the turns it got."""
    done, turns = [], []
    beside = asyncio.create_task(neighbour(turns))
    await asyncio.sleep(0)  # The neighbour begins to wait.
    await way(done)
    beside.cancel()
    return done, len(turns)


async def main():
    for way in called_in_turn, awaited_in_turn, started_together:
        start = time.perf_counter()
        done, turns = await observe(way)
        total = (time.perf_counter() - start) * 1000
        print(f"{way.__name__}: {', '.join(done)} in {total:.0f} ms")
        print(f"  neighbour: {turns} turns")


if __name__ == "__main__":
    asyncio.run(main())
