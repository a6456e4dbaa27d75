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
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Agent, createServer, get } from "node:http";
import type { LookupFunction } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const REACH_MS = 20;
const PREPARE_MS = 40;
const BODY_MS = 30;
const NEWS_MS = 60;
export const PATIENCE_MS = 80;
const READERS = 5;

/** Runs a server while it is used. */
async function serve<Result>(
  server: Server,
  use: (port: number, server: Server) => Promise<Result>,
): Promise<Result> {
  try {
    await once(server.listen(0, "127.0.0.1"), "listening");
    return await use((server.address() as { port: number }).port, server);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** A slow page. */
export async function slowPage(_: IncomingMessage, response: ServerResponse) {
  await sleep(PREPARE_MS);
  response.write("The first piece, ");
  await sleep(BODY_MS);
  response.end("and the rest.");
}

/** Two requests in turn for a page. How many connections do they take? */
export async function twoInTurn(keepAlive: boolean, page = slowPage) {
  let connections = 0;
  const server = createServer({ keepAliveTimeout: 0 }, page);
  server.on("connection", () => connections++);
  const agent = new Agent({ keepAlive });
  const pages = await serve(server, async (port) => [
    await load(port, agent),
    await load(port, agent),
  ]);
  agent.destroy();
  return { connections, pages };
}

/** One request, from its start to the last byte of the response. */
async function load(port: number, agent: Agent): Promise<string> {
  let start = performance.now();
  const measure = (name: string) =>
    (start += performance.measure(name, { start }).duration);
  const request = get({ agent, host: "far.away", port, family: 4, lookup });
  request.once("socket", (socket) => {
    if (socket.connecting) socket.once("connect", () => measure("connect"));
  });
  const [response] = await once(request, "response");
  measure("wait for the first byte");
  const page = await text(response);
  measure("body");
  return page;
}

/** A far host takes time to reach. This one is here: a timer stands in. */
const lookup: LookupFunction = (_host, _options, found) =>
  setTimeout(found, REACH_MS, null, "127.0.0.1", 4);

/** Where readers wait for news. */
class Desk extends EventEmitter {
  news?: string;
}
export type Wait = (desk: Desk) => Promise<string | undefined>;

/** Hands the thread back until there is news. */
export async function awaiting(desk: Desk) {
  const start = performance.now();
  await once(desk, "news");
  performance.measure("reader, awaiting", { start });
  return desk.news;
}

/** Looks for news, and keeps the thread until its patience is at an end. */
export async function blocking(desk: Desk, ms = PATIENCE_MS) {
  const start = performance.now();
  while (!desk.news && performance.now() < start + ms);
  performance.measure("reader, blocking", { start });
  return desk.news;
}

/** Readers, and then the news, from a thread that no reader can hold up. */
const CLIENT = `const { once } = require("node:events");
  const { request } = require("node:http");
  const { text } = require("node:stream/consumers");
  const { parentPort, workerData: url } = require("node:worker_threads");
  const ask = (method, body) =>
    once(request(url, { method, agent: false }).end(body), "response");
  const clock = () => performance.timeOrigin + performance.now();
  (async () => {
    const asked = Array.from({ length: ${READERS} }, () => ask("GET"));
    await new Promise((due) => setTimeout(due, ${NEWS_MS}));
    const sent = clock();
    await ask("POST", "It rains.");
    const told = clock();
    const answers = await Promise.all(asked);
    const texts = await Promise.all(answers.map(([answer]) => text(answer)));
    const reached = texts.filter((text) => text === "It rains.").length;
    parentPort.postMessage({ sent, told, reached });
  })();`;

/** Runs the client. How many readers does its news reach? */
async function visit(port: number): Promise<number> {
  const workerData = `http://127.0.0.1:${port}`;
  const client = new Worker(CLIENT, { eval: true, workerData });
  const [{ sent, told, reached }] = await once(client, "message");
  await client.terminate();
  const [start, end] = [sent, told].map((at) => at - performance.timeOrigin);
  performance.measure("the news", { start: start!, end: end! });
  return reached;
}

/** A service in which readers wait for the news that a client brings. */
export async function publish(
  wait: Wait,
  ask: (port: number, server: Server) => Promise<number> = visit,
): Promise<number> {
  const desk = new Desk();
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      response.end(await wait(desk));
    } else {
      desk.news = await text(request);
      desk.emit("news");
      response.end();
    }
  });
  return serve(server, ask);
}

export async function main(): Promise<void> {
  console.log("connections for two requests, and the pages");
  for (const keepAlive of [true, false]) {
    const { connections, pages } = await twoInTurn(keepAlive);
    console.log(`  keepAlive ${keepAlive}: ${connections},`, pages);
  }
  console.log("readers that the news reaches");
  for (const wait of [awaiting, blocking]) {
    console.log(`  ${wait.name}: ${await publish(wait)}`);
  }
}

if (import.meta.main ?? true) main();
