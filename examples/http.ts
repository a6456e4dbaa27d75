/**
 * HTTP: the life of a request, and many requests at once.
 *
 * Two requests in turn, over a connection that is kept open, then over a new
 * one each. And five readers ask for news that is not there yet. How many does
 * it reach, if the service awaits it, and if it blocks?
 *
 *     npx tsx examples/http.ts
 */
import { EventEmitter, once } from "node:events";
import { Agent, createServer, get, type RequestListener } from "node:http";
import type { LookupFunction } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const SEARCH_MS = 20;
const PREPARE_MS = 40;
const BODY_MS = 30;
const NEWS_MS = 60;
const PATIENCE_MS = 30;
export const READERS = 5;

/** Runs a service while it is used. How many connections does it get? */
async function serve(
  service: RequestListener,
  use: (port: number) => Promise<void>,
): Promise<number> {
  let connections = 0;
  const server = createServer({ keepAliveTimeout: 0 }, service);
  server.on("connection", () => connections++).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    await use((server.address() as { port: number }).port);
    return connections;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Two requests in turn, for a page that comes late and in two pieces. */
export function twoInTurn(keepAlive: boolean): Promise<number> {
  const page: RequestListener = async (_request, response) => {
    await sleep(PREPARE_MS);
    response.write("The first piece, ");
    await sleep(BODY_MS);
    response.end("and the rest.");
  };
  const agent = new Agent({ keepAlive });
  return serve(page, async (port) => {
    await load(port, agent);
    await load(port, agent);
  }).finally(() => agent.destroy());
}

/** One request, from its start to the last byte of the response. */
async function load(port: number, agent: Agent): Promise<void> {
  let start = performance.now();
  const measure = (name: string) =>
    (start += performance.measure(name, { start }).duration);
  const request = get({ agent, host: "far.away", port, family: 4, lookup });
  const [socket] = await once(request, "socket");
  if (socket.connecting) {
    await once(socket, "connect");
    measure("connect");
  }
  const [response] = await once(request, "response");
  measure("wait for the first byte");
  await once(response.resume(), "end");
  measure("body");
}

/** To find a host takes time. This one is here, so a timer plays the search. */
const lookup: LookupFunction = (_host, _options, found) =>
  setTimeout(found, SEARCH_MS, null, "127.0.0.1", 4);

/** Hands the thread back until there is news. */
export async function awaiting(desk: EventEmitter): Promise<void> {
  const start = performance.now();
  await once(desk, "news");
  performance.measure("reader, awaiting", { start });
}

/** Keeps the thread until its patience is at an end. */
export async function blocking(): Promise<void> {
  const start = performance.now();
  while (performance.now() < start + PATIENCE_MS);
  performance.measure("reader, blocking", { start });
}

/** Readers ask for news, and later it comes. How many readers does it reach? */
export async function publish(wait: typeof awaiting): Promise<number> {
  const desk = new EventEmitter();
  let readers = 0;
  let reached = 0;
  const news: RequestListener = async ({ method }, response) => {
    if (method === "GET") {
      const waited = wait(desk);
      desk.emit("reader", ++readers);
      await waited;
    } else {
      // The last in line, in whatever order the connections come.
      while (readers < READERS) await once(desk, "reader");
      reached = desk.listenerCount("news");
      desk.emit("news");
    }
    response.end();
  };
  await serve(news, async (port) => {
    const url = `http://127.0.0.1:${port}`;
    const answers = Array.from({ length: READERS }, () => fetch(url));
    const start = performance.now() + NEWS_MS;
    await sleep(NEWS_MS);
    await fetch(url, { method: "POST" });
    performance.measure("the news", { start });
    await Promise.all(answers);
  });
  return reached;
}

export async function main(): Promise<void> {
  console.log("connections for two requests");
  console.log("  kept open:", await twoInTurn(true));
  console.log("  not kept: ", await twoInTurn(false));
  console.log("readers that the news reaches");
  console.log("  awaiting: ", await publish(awaiting));
  console.log("  blocking: ", await publish(blocking));
}

if (import.meta.main ?? true) main();
