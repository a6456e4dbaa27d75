"""
Finding the blocking call: what shows that the event loop was held, and who
held it. A report computes for 50 ms, a query waits as long. Two detectors look
on: asyncio's debug mode, and a watchdog on another thread.

    python3 examples/blocking-the-loop.py
"""

import asyncio
import faulthandler
import io
import re
import sys
import tempfile
import time
from logging import StreamHandler, getLogger

CALL = 0.05  # seconds
SLOW = 0.025
BEAT = 0.005


async def make_report(seconds):
    """Computes, and holds the loop meanwhile, whatever its `async` says."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


async def ask_database(seconds):
    """Waits, and the loop goes on."""
    await asyncio.sleep(seconds)


async def serve(call, seconds=CALL):
    """Handles a request, as a web framework does: the task is this one."""
    start = time.perf_counter()
    await call(seconds)
    sys.audit("measure", call.__name__, start, time.perf_counter())


async def log_of(work):
    """What debug mode logs while a coroutine runs as a task."""
    log = io.StringIO()
    getLogger("asyncio").addHandler(StreamHandler(log))
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = SLOW
    await asyncio.create_task(work)
    loop.set_debug(False)
    return log.getvalue()


async def stacks_beside(work):
    """What a watchdog finds on the stack when the loop fails to beat."""
    with tempfile.TemporaryFile("w+") as dump:
        beats = asyncio.create_task(beat(dump))
        await asyncio.create_task(work)
        beats.cancel()
        faulthandler.cancel_dump_traceback_later()
        dump.seek(0)
        return dump.read()


async def beat(dump):
    while True:  # Each beat puts the watchdog off.
        faulthandler.dump_traceback_later(SLOW, file=dump)
        sys.audit("mark", "beat", time.perf_counter())
        await asyncio.sleep(BEAT)


async def main():
    for call in (make_report, ask_database):
        logged = re.findall(r"coro=<(\w+)", await log_of(serve(call)))
        found = re.findall(r" in (\w+)", await stacks_beside(serve(call)))
        print(f"{call.__name__}: debug mode {logged}, watchdog {found[:2]}")


if __name__ == "__main__":
    asyncio.run(main())
