/**
 * FastAPI's three ways to write a slow handler, shown with a Node server. Its
 * client is on another thread: four slow requests, and a quick one, the ping.
 *
 *     npx tsx examples/fastapi.ts
 */
import { once } from "node:events";
import { createServer } from "node:http";
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

const startThread = () => new Worker(THREAD, { eval: true });

/** `def` with `time.sleep`: a thread of the pool sleeps, once one is free. */
export function openPool(size: number, start = startThread) {
  const threads = Array.from({ length: size }, start);
  const free = [...threads];
  const queue: (() => void)[] = [];
  const handler: Handler = async (ms) => {
    while (!free[0]) await new Promise<void>((wake) => queue.push(wake));
    const thread = free.shift()!;
    const start = performance.now();
    thread.postMessage(ms);
    await once(thread, "message");
    performance.measure("pool", { start });
    free.push(thread);
    queue.shift()?.();
  };
  const close = () => Promise.all(threads.map((one) => one.terminate()));
  return { handler, close };
}

/** Sends the slow requests, and the ping when all of them have been sent. */
const CLIENT = `const { once } = require("node:events");
  const { request } = require("node:http");
  const { parentPort, workerData: url } = require("node:worker_threads");
  const order = [];
  const clock = () => performance.timeOrigin + performance.now();
  function get(path) {
    const asked = request(url + path, { agent: false }).end();
    const answered = once(asked, "response").then(([response]) => {
      order.push(path);
      response.resume();
    });
    return { sent: once(asked, "finish"), answered };
  }
  (async () => {
    const slow = Array.from({ length: ${REQUESTS} }, () => get("slow"));
    await Promise.all(slow.map(({ sent }) => sent));
    const sent = clock();
    await get("ping").answered;
    const back = clock();
    await Promise.all(slow.map(({ answered }) => answered));
    parentPort.postMessage({ order, sent, back });
  })();`;

/** Serves the client. How many of the slow ones does its ping overtake? */
export async function serve(slow: Handler, ms = WAIT_MS): Promise<number> {
  const server = createServer(async ({ url }, response) => {
    if (url === "/slow") await slow(ms);
    response.end();
  }).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const workerData = `http://127.0.0.1:${port}/`;
    const client = new Worker(CLIENT, { eval: true, workerData });
    const [{ order, sent, back }] = await once(client, "message");
    await client.terminate();
    const [start, end] = [sent, back].map((at) => at - performance.timeOrigin);
    performance.measure("ping", { start: start!, end: end! });
    return REQUESTS - order.indexOf("ping");
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

export async function main(): Promise<void> {
  const pool = openPool(THREADS);
  const ways = { awaiting, blocking, pool: pool.handler };
  for (const [name, slow] of Object.entries(ways)) {
    const overtaken = await serve(slow);
    const starts = performance.getEntriesByName(name).map((s) => s.startTime);
    const at = starts.map((each) => (each - starts[0]!).toFixed()).join(", ");
    console.log(`${name}: begun at ${at} ms, the ping overtakes ${overtaken}`);
  }
  await pool.close();
}

if (import.meta.main ?? true) main();
