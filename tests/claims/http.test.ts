import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Worker } from "node:worker_threads";
import { claim, exactly, observeProcess, peak } from "#claim";
import type { Seen, Wait } from "../../examples/http.ts";
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
claim("holds-many", {
  figure: "readers that wait in the service at once",
  unit: "",
  bound: exactly(5),
  subject: () => waitingAtOnce(awaiting),
  controls: {
    blocking: {
      leavesOut: "the await: each reader keeps the thread",
      measure: () => waitingAtOnce(blocking),
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
  subject: () => reachedWaiting(awaiting),
  controls: {
    blocking: {
      leavesOut: "the await: each reader keeps the thread",
      // Without a look at whether they waited: the news has to reach nobody.
      measure: async () =>
        Math.max(
          await reachedWaiting(blocking),
          (await watch(blocking)).reached,
        ),
    },
  },
});

// The client may be so late under load that readers have left before it sends
// the news: then they have to be more patient. Its thread is not the one that
// they block, and those who await leave after the news, whenever that is read.
// A wait that blocks ends before the loop has turned, whatever the load.
claim("waits-for-all", {
  figure: "readers that leave between sending and reading of the news",
  unit: "",
  bound: exactly(5),
  subject: async (dose) =>
    (await watch((desk) => blocking(desk, PATIENCE_MS * dose))).leave,
  controls: {
    awaiting: {
      leavesOut: "the blocking: readers hand the thread back",
      measure: async () => (await watch(awaiting)).leave,
    },
  },
  tries: 5,
});

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

async function waitingAtOnce(wait: Wait): Promise<number> {
  const { spans } = await observeProcess(() => watch(wait));
  return peak(spans.filter(({ name }) => name.startsWith("reader")));
}

async function reachedWaiting(wait: Wait): Promise<number> {
  const { reached, waitingAtNews } = await watch(wait);
  return Math.min(reached, waitingAtNews);
}

/** What the readers do, and what is seen by a client that is not the example's. */
async function watch(wait: Wait) {
  const news = crypto.randomUUID();
  const left: number[] = [];
  let waiting = 0;
  let waitingAtNews = 0;
  let read = -Infinity;
  let seen: Seen | undefined;
  const { leave } = await publish(
    async (desk) => {
      waiting++;
      desk.prependOnceListener("news", () => {
        waitingAtNews = waiting;
        read = clock();
      });
      let turned = false;
      setImmediate(() => (turned = true));
      const heard = await wait(desk);
      waiting--;
      // Who let the loop turn did not block.
      if (!turned) left.push(clock());
      return heard;
    },
    async (url) => (seen = await visit({ url, news })),
  );
  const { sent, reached } = seen!;
  const meanwhile = left.filter((at) => sent < at && at < read);
  return { waitingAtNews, reached, leave: Math.min(leave, meanwhile.length) };
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
    const told = clock();
    const texts = readers.map(async ({ answered }) => text(await answered));
    const heard = (await Promise.all(texts)).filter((text) => text === news);
    const reached = statusCode === 200 ? heard.length : 0;
    parentPort.postMessage({ sent, told, reached });
  })();`;

async function visit(workerData: { url: string; news: string }): Promise<Seen> {
  const client = new Worker(CLIENT, { eval: true, workerData });
  const [seen] = await once(client, "message");
  await client.terminate();
  return seen;
}
