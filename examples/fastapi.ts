/**
 * FastAPI's three ways to write a slow handler, shown with a Node server. Four
 * slow requests begin at one moment, and with them a quick one: the ping.
 *
 *     npx tsx examples/fastapi.ts
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

export const WAIT_MS = 100;
export const REQUESTS = 4;
export const THREADS = 2;
export type Handler = (ms: number) => Promise<void>;

/** `async def` with `await asyncio.sleep`: the loop turns meanwhile. */
export async function awaiting(ms: number): Promise<void> {
  const start = performance.now();
  await sleep(ms);
  performance.measure("awaiting", { start });
}

/** `async def` with `time.sleep`: it is the loop's thread that sleeps. */
export async function blocking(ms: number): Promise<void> {
  const start = performance.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  performance.measure("blocking", { start });
}

const THREAD = `const { parentPort: loop } = require("node:worker_threads");
  const cell = new Int32Array(new SharedArrayBuffer(4));
  loop.on("message", (ms) => loop.postMessage(Atomics.wait(cell, 0, 0, ms)));`;

/** `def` with `time.sleep`: a thread of the pool sleeps, once one is free. */
export function poolOf(size: number): Handler {
  const free: Worker[] = [];
  const queue: (() => void)[] = [];
  while (free.length < size) free.push(new Worker(THREAD, { eval: true }));
  free.forEach((thread) => thread.unref()); // They end with the program.

  return async (ms) => {
    while (!free[0]) await new Promise<void>((wake) => queue.push(wake));
    const thread = free.shift()!;
    const start = performance.now();
    thread.postMessage(ms);
    await once(thread, "message");
    performance.measure("pool", { start });
    free.push(thread);
    queue.shift()?.();
  };
}

/** Serves the four and the ping. How many of them does it overtake? */
export async function serve(slow: Handler, ms = WAIT_MS): Promise<number> {
  const held: ServerResponse[] = [];
  const server = createServer(({ url }, response) =>
    url === "/slow" ? held.push(response) : response.end(),
  ).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const answers = Array.from({ length: REQUESTS }, () => get("/slow"));
    while (held.length < REQUESTS) await sleep(1);

    const start = performance.now();
    const ping = get("/ping");
    held.forEach((response) => slow(ms).then(() => response.end()));
    await ping;
    performance.measure("ping", { start });
    const overtaken = held.filter(({ writableEnded }) => !writableEnded).length;
    await Promise.all(answers);
    return overtaken;
  } finally {
    server.close();
  }
}

export async function main(): Promise<void> {
  const ways = { awaiting, blocking, pool: poolOf(THREADS) };
  for (const [name, slow] of Object.entries(ways)) {
    const overtaken = await serve(slow);
    const starts = performance.getEntriesByName(name).map((s) => s.startTime);
    const at = starts.map((each) => (each - starts[0]!).toFixed()).join(", ");
    console.log(`${name}: begun at ${at} ms, the ping overtakes ${overtaken}`);
  }
}

if (import.meta.main ?? true) main();
