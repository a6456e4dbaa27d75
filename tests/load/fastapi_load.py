"""FastAPI's three ways to write a slow handler, under load.

The figures in the note on FastAPI are of this program:

    pip install -r examples/requirements.txt
    python3 tests/load/fastapi_load.py [seconds]

uvicorn serves in a process of its own, and this one is the client: 100
connections, each of which asks again as soon as it is answered.

The load is closed: as many requests are open as there are connections, so a
slow answer keeps nobody from sending one that was due. None is left out either:
when the time is up, those that are open are awaited and counted. So Little's
law holds for the figures, connections = throughput x mean latency, and the last
column says how well it does.
"""

import asyncio
import socket
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

from fastapi import FastAPI

WAIT = 0.1
CONNECTIONS = 100
WAYS = ("awaiting", "blocking", "pool")
HOST = "127.0.0.1"
HEAD_END = b"\r\n\r\n"

app = FastAPI()


@app.get("/awaiting")
async def awaiting():
    await asyncio.sleep(WAIT)


@app.get("/blocking")
async def blocking():
    time.sleep(WAIT)


@app.get("/pool")
def pool():
    time.sleep(WAIT)


class Connection:
    """One kept open, as HTTP/1.1 has it. It carries one request at a time."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    @classmethod
    async def to(cls, port):
        return cls(*await asyncio.open_connection(HOST, port))

    def send(self, path):
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
        self.writer.write(request.encode())

    async def receive(self):
        head = (await self.reader.readuntil(HEAD_END)).decode().lower()
        if not head.startswith("http/1.1 200 "):
            raise RuntimeError(head)
        _, _, length = head.partition("content-length:")
        await self.reader.readexactly(int(length.split("\r\n")[0]))


async def load(port, way, seconds):
    """Throughput, and the latency of every request that was begun."""
    connections = [await Connection.to(port) for _ in range(CONNECTIONS)]
    end = time.perf_counter() + seconds
    latencies = []
    in_time = 0

    async def ask_again_and_again(connection):
        nonlocal in_time
        while (start := time.perf_counter()) < end:
            connection.send(f"/{way}")
            await connection.receive()
            now = time.perf_counter()
            latencies.append(now - start)
            in_time += now < end

    await asyncio.gather(*map(ask_again_and_again, connections))
    return in_time / seconds, sorted(latencies)


def serve(port):
    command = [sys.executable, "-m", "uvicorn", "fastapi_load:app"]
    options = ["--app-dir", sys.path[0], "--port", str(port)]
    quiet = ["--no-access-log", "--log-level", "warning"]
    return subprocess.Popen(command + options + quiet)


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_up(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


async def measure(port, seconds):
    print("way       answers/s  median    p99      requests  X * W")
    for way in WAYS:
        per_second, latencies = await load(port, way, seconds)
        p99 = latencies[int(len(latencies) * 0.99)]
        print(
            f"{way:9} {per_second:9.1f}  {statistics.median(latencies):6.3f} s"
            f"  {p99:6.3f} s {len(latencies):8}"
            f"  {per_second * statistics.fmean(latencies):5.1f}",
            flush=True,
        )


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    names = ("fastapi", "starlette", "anyio", "uvicorn")
    print("Python", sys.version.split()[0], *(f"{n} {version(n)}" for n in names))
    port = free_port()
    server = serve(port)
    try:
        while not is_up(port):
            if server.poll() is not None:
                raise RuntimeError("uvicorn has ended")
            time.sleep(0.1)
        asyncio.run(measure(port, seconds))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
