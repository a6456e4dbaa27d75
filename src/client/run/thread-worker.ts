/** A thread of an example: loads the example's file again, in a worker. */
import type { RunMessage } from "./messages.ts";
import { watchRun } from "./watch-run.ts";
import type { Envelope, Thread, ThreadStart } from "./worker-threads.ts";

const tell = (told: RunMessage): void =>
  postMessage({ told } satisfies Envelope);
const tellRest = watchRun(tell);

/** Chrome tells of a rejection that nobody caught some tasks later. */
const SETTLE_MS = 50;

let thread: Thread | undefined;

addEventListener(
  "message",
  ({ data }: MessageEvent<ThreadStart | Envelope>) => {
    if ("url" in data) void start(data);
    else if (thread?.deliver && "content" in data) thread.deliver(data.content);
    else if ("content" in data) thread?.inbox.push(data.content);
  },
);
postMessage({ ready: true } satisfies Envelope);

async function start(given: ThreadStart): Promise<void> {
  thread = { ...given, inbox: [], tellRest, children: 0 };
  Object.assign(globalThis, { thread });
  try {
    await import(/* @vite-ignore */ given.url);
    thread.endIfIdle = endIfIdle;
    setTimeout(endIfIdle, SETTLE_MS);
  } catch (error) {
    tell({ kind: "failed", text: String(error) });
  }
}

/**
 * As in Node, a thread ends by itself when it listens to nobody and has no
 * thread of its own. A timer alone does not keep it, as it would in Node: then
 * it has to listen, and to close its port when it is done.
 */
function endIfIdle(): void {
  if (thread?.deliver || thread?.children) return;
  tellRest();
  tell({ kind: "ended" });
}
