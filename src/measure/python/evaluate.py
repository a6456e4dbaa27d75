"""Loads a program without running its main, evaluates an expression in it, and
writes its JSON value into VALUE_FILE: evaluate.py PROGRAM EXPRESSION

The expression may await; what it gives is awaited if it can be.
"""

import ast
import asyncio
import inspect
import json
import linecache
import os
import sys
import time
import types


def load(path):
    """Loads it by the name that multiprocessing gives to a program in its
    children, so that they find the program's functions by that name."""
    program = types.ModuleType("__mp_main__")
    program.__file__ = path
    sys.modules["__main__"] = sys.modules["__mp_main__"] = program
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), program.__dict__)
    return program


def evaluate(expression, program):
    name = "<expression>"
    # For the traceback to show it.
    linecache.cache[name] = (len(expression), None, [expression], name)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(expression, name, "eval", flags=flags)
    value = eval(code, program.__dict__)
    return asyncio.run(awaited(value)) if inspect.isawaitable(value) else value


async def awaited(value):
    while inspect.isawaitable(value):
        value = await value
    return value


if __name__ == "__main__":
    path, expression = sys.argv[1:]
    sys.argv = [path]
    program = load(path)
    before = time.perf_counter(), time.process_time()
    value = evaluate(expression, program)
    after = time.perf_counter(), time.process_time()
    wall, cpu = ((b - a) * 1000 for a, b in zip(before, after))
    told = json.dumps({"value": value, "wall": wall, "cpu": cpu}, allow_nan=False)
    with open(os.environ["VALUE_FILE"], "w") as file:
        file.write(told)
