import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Worker } from "node:worker_threads";
import { claim, exactly, observeProcess, peak } from "#claim";
import type { Wait } from "../../examples/http.ts";
import {
  awaiting,
  blocking,
  PATIENCE_MS,
  publish,
  slowPage,
  twoInTurn,
} from "../../examples/http.ts";

// The agent takes a connection back in the tick in which its response ends,
// before the second request is made, and the service never closes one. Both
// requests are counted in the service, and both pages have to come.
claim("connects-once", {
  figure: "connections for two requests in turn",
  unit: "",
  bound: exactly(1),
  subject: () => connections(true),
  controls: {
    "not kept open": {
      leavesOut: "the keeping: each response ends its connection",
      measure: () => connections(false),
    },
  },
});

// No reader's wait ends before the news is read, and the service reads what is
// on six connections in the order in which it came: the readers' requests first.
// Those who wait for the news, and not for a time, leave in the turn of the loop
// in which it comes, however long that takes. A client that had its answer before
// does not wait, and the news does not reach it.
claim("holds-many", {
  figure: "readers that wait in the service at once",
  unit: "",
  bound: exactly(5),
  subject: async () => {
    const { atOnce, woken, reached } = await watch(awaiting);
    return Math.min(atOnce, woken, reached);
  },
  controls: {
    blocking: {
      leavesOut: "the await: each reader keeps the thread",
      measure: async () => (await watch(blocking)).atOnce,
    },
  },
});

// As above. A blocking reader looks for the news all the time that it waits,
// but no other request can be read before it leaves. Who has left by the time
// that the news is read was not reached by it, whatever the answer was.
claim("answers-meanwhile", {
  figure: "waiting readers that the news reaches",
  unit: "",
  bound: exactly(5),
  subject: async () => {
    const { reached, woken } = await watch(awaiting);
    return Math.min(reached, woken);
  },
  controls: {
    blocking: {
      leavesOut: "the await: each reader keeps the thread",
      // Without a look at whether they waited: the news has to reach nobody.
      measure: async () => (await watch(blocking)).reached,
    },
  },
});

// A wait that blocks ends before the loop has turned, whatever the load, and the
// news is read in its turn: after the readers' requests, as above. Those who
// await leave after the news, whenever that is read.
claim("waits-for-all", {
  figure: "readers that leave between sending and reading of the news",
  unit: "",
  bound: exactly(5),
  subject: async () => {
    // Who lets the loop read between two readers may be lucky once.
    const each = [await leaving(blocking), await leaving(blocking)];
    return Math.min(...each, await leaving(blocking), await leaving(blocking));
  },
  controls: {
    awaiting: {
      leavesOut: "the blocking: readers hand the thread back",
      measure: () => leaving(awaiting),
    },
  },
});

/**
 * The client may be so late under load that readers have left before it sends
 * the news: then they have to be more patient. Nothing else is tried again.
 */
async function leaving(
  wait: (desk: Parameters<Wait>[0], ms: number) => ReturnType<Wait>,
): Promise<number> {
  for (let ms = PATIENCE_MS; ; ms *= 2) {
    const { early, leave } = await watch((desk) => wait(desk, ms));
    if (early === 0 || ms >= 16 * PATIENCE_MS) return leave;
  }
}

/** It is enough for two only if each was answered, and with the same page. */
async function connections(keepAlive: boolean): Promise<number> {
  const taken: IncomingMessage["socket"][] = [];
  const { connections: made, pages } = await twoInTurn(
    keepAlive,
    async (request, response) => {
      await slowPage(request, response);
      if (response.statusCode === 200) taken.push(request.socket);
    },
  );
  const [first, second] = pages;
  if (taken.length !== 2 || !first || first !== second) return NaN;
  return Math.max(made, new Set(taken).size);
}

/** What the readers do, and what is seen by a client that is not the example's. */
async function watch(wait: Wait) {
  let waiting = 0;
  let woken = 0;
  let blocked = 0;
  let read = -Infinity;
  let sent = Infinity;
  const answered: number[] = [];
  /** A request is read, and its answer sent, when the server says so. */
  function listen(request: IncomingMessage, response: ServerResponse) {
    if (request.method === "POST") read = clock();
    else response.once("finish", () => answered.push(clock()));
  }
  async function watched(desk: Parameters<Wait>[0]) {
    waiting++;
    desk.prependOnceListener("news", () => {
      const before = waiting;
      setImmediate(() => (woken = before - waiting));
    });
    let turned = false;
    setImmediate(() => (turned = true));
    const heard = await wait(desk);
    waiting--;
    // Who let the loop turn did not block.
    if (!turned) blocked++;
    return heard;
  }
  const { value: reached, spans } = await observeProcess(() =>
    publish(watched, async (port, server) => {
      server.prependListener("request", listen);
      const seen = await visit(port);
      sent = seen.sent;
      return seen.reached;
    }),
  );
  const meanwhile = answered.filter((at) => sent < at && at < read);
  return {
    atOnce: peak(spans.filter(({ name }) => name.startsWith("reader"))),
    woken,
    reached,
    early: answered.filter((at) => at < sent).length,
    leave: Math.min(blocked, meanwhile.length),
  };
}

function clock(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Only this client knows the news, so it can come from its request alone, and
 * sends it when the readers' requests are on their way. Nobody is reached if
 * the service refuses it.
 */
const CLIENT = `const { once } = require("node:events");
  const { request } = require("node:http");
  const { text } = require("node:stream/consumers");
  const { parentPort, workerData } = require("node:worker_threads");
  const { url, news } = workerData;
  const clock = () => performance.timeOrigin + performance.now();
  function ask(method, body) {
    const asked = request(url, { method, agent: false });
    const sent = once(asked, "finish").then(clock);
    const answered = once(asked, "response").then(([response]) => response);
    asked.end(body);
    return { sent, answered };
  }
  (async () => {
    const readers = Array.from({ length: 5 }, () => ask("GET"));
    await Promise.all(readers.map(({ sent }) => sent));
    const sixth = ask("POST", news);
    const sent = await sixth.sent;
    const { statusCode } = await sixth.answered;
    const texts = readers.map(async ({ answered }) => text(await answered));
    const heard = (await Promise.all(texts)).filter((text) => text === news);
    const reached = statusCode === 200 ? heard.length : 0;
    parentPort.postMessage({ sent, reached });
  })();`;

async function visit(port: number): Promise<{ sent: number; reached: number }> {
  const workerData = {
    url: `http://127.0.0.1:${port}`,
    news: crypto.randomUUID(),
  };
  const client = new Worker(CLIENT, { eval: true, workerData });
  const [seen] = await once(client, "message");
  await client.terminate();
  return seen;
}
