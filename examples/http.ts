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
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  try {
    await once(server.listen(0, "127.0.0.1"), "listening");
    return await use((server.address() as { port: number }).port);
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

/** When the news was sent and taken, and how many readers it reached. */
export interface Seen {
  sent: number;
  told: number;
  reached: number;
}

/** Runs the client. */
async function visit(url: string): Promise<Seen> {
  const client = new Worker(CLIENT, { eval: true, workerData: url });
  const [seen] = await once(client, "message");
  await client.terminate();
  return seen;
}

/** How many readers does the news reach, and how many leave while it waits? */
export async function publish(wait: Wait, ask = visit) {
  const clock = () => performance.timeOrigin + performance.now();
  const desk = new Desk();
  const left: number[] = [];
  let read = 0;
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      const news = await wait(desk);
      left.push(clock());
      response.end(news);
    } else {
      read = clock();
      desk.news = await text(request);
      desk.emit("news");
      response.end();
    }
  });
  return serve(server, async (port) => {
    const { sent, told, reached } = await ask(`http://127.0.0.1:${port}`);
    const [start, end] = [sent, told].map((at) => at - performance.timeOrigin);
    performance.measure("the news", { start: start!, end: end! });
    const meanwhile = left.filter((at) => sent < at && at < read);
    return { reached, leave: meanwhile.length };
  });
}

export async function main(): Promise<void> {
  console.log("connections for two requests");
  console.log("  kept open:", (await twoInTurn(true)).connections);
  console.log("  not kept: ", (await twoInTurn(false)).connections);
  console.log("readers that the news reaches, readers that leave before");
  for (const wait of [awaiting, blocking]) {
    const { reached, leave } = await publish(wait);
    console.log(`  ${wait.name}: ${reached}, ${leave}`);
  }
}

if (import.meta.main ?? true) main();
