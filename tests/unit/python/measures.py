"""What the tests of the harness run: threads and processes that measure."""

import asyncio
import multiprocessing
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor


def stretch(name):
    start = time.perf_counter()
    time.sleep(0.02)
    sys.audit("measure", name, start, time.perf_counter())
    return name


def burn(name):
    start = now = time.perf_counter()
    while time.process_time() < 0.1 or now - start < 0.05:
        now = time.perf_counter()
    sys.audit("measure", name, start, now)


def in_threads(count):
    # One after another: the system gives the same identity to all of them.
    for n in range(count):
        thread = threading.Thread(target=stretch, args=[f"thread {n}"])
        thread.start()
        thread.join()


def in_processes(method=None):
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        return list(pool.map(stretch, ["child 0", "child 1"]))


async def later(value):
    await asyncio.sleep(0.01)
    sys.audit("mark", "later", time.perf_counter())
    return value


def main():
    stretch("main")
    in_threads(2)
    print("it ran as", __name__)


if __name__ == "__main__":
    main()
