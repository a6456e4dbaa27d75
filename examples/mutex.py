"""
Mutex: one at a time, so that nobody writes over what another has written.

Ten deposits ask the bank, and then read the balance, wait for the disk, and
write. No lock, a lock around reading and writing, and one around all of it.
At last two tasks ask for a lock that is made for threads.

    python3 examples/mutex.py
"""

import asyncio
import sys
import threading
import time
from contextlib import contextmanager, nullcontext

DEPOSITS = 10
ASK = 0.03  # seconds, as all times here
DISK = 0.01
PATIENCE = 0.1


async def deposit_all(name, inner=nullcontext(), outer=nullcontext()):
    """Ten deposits at once. `inner` guards the account, `outer` all of each."""
    balance = 0

    async def deposit():
        nonlocal balance
        async with outer:
            with measured(f"{name}: ask"):
                await asyncio.sleep(ASK)
            async with inner:
                with measured(f"{name}: write"):
                    before = balance
                    await disk()
                    balance = before + 1

    await asyncio.gather(*(deposit() for _ in range(DEPOSITS)))
    return balance


async def disk():
    await asyncio.sleep(DISK)


@contextmanager
def measured(name):
    start = time.perf_counter()
    yield
    sys.audit("measure", name, start, time.perf_counter())


async def acquire(lock):
    """Blocks the loop's thread until it has the lock, or loses patience."""
    return lock.acquire(timeout=PATIENCE)


async def hold_twice():
    """Two tasks hold a lock over an await. How many of them get it in time?"""
    lock = threading.Lock()

    async def hold():
        with measured("threading.Lock"):
            got = await acquire(lock)
        if got:
            await disk()
            lock.release()
        return got

    return sum(await asyncio.gather(hold(), hold()))


async def main():
    print("no mutex: balance", await deposit_all("no mutex"))
    print("mutex: balance", await deposit_all("mutex", inner=asyncio.Lock()))
    all_in_it = await deposit_all("all in it", outer=asyncio.Lock())
    print("all in it: balance", all_in_it)
    print("threading.Lock: it lets in", await hold_twice(), "of 2")


if __name__ == "__main__":
    asyncio.run(main())
