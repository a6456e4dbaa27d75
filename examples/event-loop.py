"""The event loop: in which order one thread takes what there is to do.

A timer of 0 ms is set, and two callbacks are queued, of which the first queues
a third. Then a call goes on: it computes, or awaits, or does both in turn. Who
has a turn before it ends?

    python3 examples/event-loop.py
"""

import asyncio
import sys
import time

CALL = 0.02  # seconds
STEP = 0.005  # seconds
STEPS = 6


async def compute(seconds):
    """Keeps the thread, as every computation does."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def chain(link):
    """Computes in steps. What it awaits after each decides who gets a turn."""
    for _ in range(STEPS):
        await compute(STEP)
        await link()


async def nothing():
    """Is done at once: there is nothing to wait for."""


CALLS = {
    "computing call": lambda: compute(CALL),
    "awaiting call": lambda: asyncio.sleep(CALL),
    "chain of awaits": lambda: chain(nothing),
    "chain with sleep(0)": lambda: chain(lambda: asyncio.sleep(0)),
}


async def order(name, call):
    """Asks for a timer and for callbacks, and calls. What has run when?"""
    ran = []
    loop = asyncio.get_running_loop()

    def turn(which, kind):
        start = time.perf_counter()
        time.sleep(STEP)  # long enough to be seen
        sys.audit("measure", kind, start, time.perf_counter())
        ran.append(f"{which} {kind}")

    def first():
        loop.call_soon(turn, "third", "callback")
        turn("first", "callback")

    loop.call_later(0, turn, "0 ms", "timer")
    loop.call_soon(first)
    loop.call_soon(turn, "second", "callback")
    start = time.perf_counter()
    await call()
    sys.audit("measure", name, start, time.perf_counter())
    ran.append(name)
    await asyncio.sleep(STEP)  # Whoever had to wait has a turn now.
    return ran


async def main():
    for name, call in CALLS.items():
        print(", ".join(await order(name, call)))


if __name__ == "__main__":
    asyncio.run(main())
