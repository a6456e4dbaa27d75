import type { IncomingMessage } from "node:http";
import { claim, exactly, observeProcess, peak } from "#claim";
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
          (await publish(blocking)).reached,
        ),
    },
  },
});

// The client may be so late under load that readers have left before it sends
// the news: then they have to be more patient. Its thread is not the one that
// they block, and those who await leave after the news, whenever that is read.
claim("waits-for-all", {
  figure: "readers that leave between sending and reading of the news",
  unit: "",
  bound: exactly(5),
  subject: async (dose) =>
    (await publish((desk) => blocking(desk, PATIENCE_MS * dose))).leave,
  controls: {
    awaiting: {
      leavesOut: "the blocking: readers hand the thread back",
      measure: async () => (await publish(awaiting)).leave,
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

async function waitingAtOnce(wait: typeof awaiting): Promise<number> {
  const { spans } = await observeProcess(() => publish(wait));
  return peak(spans.filter(({ name }) => name.startsWith("reader")));
}

async function reachedWaiting(wait: typeof awaiting): Promise<number> {
  let waiting = 0;
  let waitingAtNews = 0;
  const { reached } = await publish(async (desk) => {
    waiting++;
    desk.prependOnceListener("news", () => (waitingAtNews = waiting));
    const hasNews = await wait(desk);
    waiting--;
    return hasNews;
  });
  return Math.min(reached, waitingAtNews);
}
