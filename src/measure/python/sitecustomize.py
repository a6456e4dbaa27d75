"""Python imports this as it starts, where PYTHONPATH names its folder, and so
does each Python that the program starts. It notes what the program tells
anybody who listens, in the file that SPANS_FILE names, one JSON line each:

    sys.audit("measure", name, start, end)   seconds of time.perf_counter()
    sys.audit("mark", name, at)

A span also gets the CPU time of its process between its start and its end. Its
start is a plain number, so the CPU time is read whenever the program asks for
the time, at most once in READ_EVERY seconds.

Who runs the program without this runs it as it is: nobody listens then.
"""

import collections
import itertools
import json
import os
import sys
import threading
import time

FORMS = {"measure": ("name", "start", "end"), "mark": ("name", "at")}
READ_EVERY = 0.0005
# Far more than a program asks for while it has a span open.
READINGS_KEPT = 20_000


def listen(file):
    # Appended at once, and in one piece, whichever process writes.
    out = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    # The first to set it is the program; its children inherit it.
    program = int(os.environ.setdefault("SPANS_PROCESS", str(os.getpid())))
    number = thread_numbers()
    cpu_between = watch_cpu()

    def hear(event, args):
        form = FORMS.get(event)
        if form is None:
            return
        if len(args) != len(form):
            takes = ", ".join(form)
            raise TypeError(f'it is sys.audit("{event}", {takes}), not {args}')
        name, *times = args
        pid = os.getpid()
        told = {"name": name, "thread": number()}
        told["process"] = 0 if pid == program else pid
        told |= {of: at * 1000 for of, at in zip(form[1:], times)}
        if event == "measure":
            told |= cpu_between(*times)
        os.write(out, (json.dumps(told) + "\n").encode())

    sys.addaudithook(hear)


def thread_numbers():
    """Gives each thread of the process a number, 0 to the main one. Those of
    threading come again when a thread has ended."""
    others = itertools.count(1)
    local = threading.local()

    def number():
        if threading.current_thread() is threading.main_thread():
            return 0
        if not hasattr(local, "number"):
            local.number = next(others)
        return local.number

    return number


def watch_cpu():
    """Gives the CPU time of the process between two times of perf_counter."""
    clock = time.perf_counter
    readings = collections.deque(maxlen=READINGS_KEPT)

    def perf_counter():
        at = clock()
        if not readings or at - readings[-1][0] >= READ_EVERY:
            readings.append((at, time.process_time()))
        return at

    def at_or_before(time):
        known = (cpu for at, cpu in reversed(readings.copy()) if at <= time)
        return next(known, None)

    def between(start, end):
        before = at_or_before(start)
        is_past = clock() - end >= READ_EVERY
        after = at_or_before(end) if is_past else time.process_time()
        if before is None or after is None:
            return {}
        return {"cpu": (after - before) * 1000}

    if hasattr(os, "register_at_fork"):
        # A child has burnt nothing yet.
        os.register_at_fork(after_in_child=readings.clear)
    time.perf_counter = perf_counter
    return between


def import_theirs():
    """The sitecustomize that Python would have imported without this one."""
    sys.path.remove(os.path.dirname(__file__))
    ours = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize  # noqa: F401
    except ModuleNotFoundError:
        sys.modules["sitecustomize"] = ours


import_theirs()
if "SPANS_FILE" in os.environ:
    listen(os.environ["SPANS_FILE"])
