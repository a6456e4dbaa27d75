"""
FastAPI's three ways to write a slow handler, on FastAPI itself.

The client is another process. It sends four slow requests, and then a quick
one, the ping: how many of the slow ones does it overtake?

    pip install fastapi uvicorn
    python3 -P examples/fastapi.py

Without -P, Python would take this file for the package of the same name.
"""

import asyncio
import socket
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing import Pool
from select import select

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

WAIT = 0.1  # seconds
REQUESTS = 4
THREADS = 2  # 40, if nobody says otherwise

app = FastAPI()
begun = {"awaiting": [], "blocking": [], "pool": []}


@app.get("/awaiting")
async def awaiting():
    with measured("awaiting"):
        await asyncio.sleep(WAIT)  # the loop goes on


@app.get("/blocking")
async def blocking():
    with measured("blocking"):
        time.sleep(WAIT)  # the loop stands still


@app.get("/pool")
def pool():
    with measured("pool"):
        time.sleep(WAIT)  # in a thread


@app.get("/ping")
async def ping():
    return "pong"


@contextmanager
def measured(way):
    begun[way].append(start := time.perf_counter())
    yield
    sys.audit("measure", way, start, time.perf_counter())


def ask(address, way):
    """The client. How many of its slow requests does its ping overtake?"""
    slow = [send(address, way) for _ in range(REQUESTS)]
    start = time.perf_counter()
    send(address, "ping").getresponse()
    sys.audit("measure", "ping", start, time.perf_counter())
    answered, _, _ = select([each.sock for each in slow], [], [], 0)
    for each in slow:
        each.getresponse()
    return REQUESTS - len(answered)


def send(address, what):
    connection = HTTPConnection(*address)
    connection.request("GET", f"/{what}")
    return connection


async def serve(*ways):
    """Serves the client in each of the ways, and gives what it says."""
    current_default_thread_limiter().total_tokens = THREADS
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    serving = asyncio.create_task(server.serve([listener]))
    with Pool(1) as client:
        asked = [(listener.getsockname(), way) for way in ways]
        overtaken = await asyncio.to_thread(client.starmap, ask, asked)
    server.should_exit = True
    await serving
    return overtaken


async def main():
    for (way, at), overtaken in zip(begun.items(), await serve(*begun)):
        ms = ", ".join(f"{1000 * (each - at[0]):.0f}" for each in at)
        print(f"{way}: begun at {ms} ms, the ping overtakes {overtaken}")


if __name__ == "__main__":
    asyncio.run(main())
