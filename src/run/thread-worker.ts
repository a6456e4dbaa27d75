/** A thread of an example: loads the example's file again, in a worker. */
import type { RunMessage } from "./messages.ts";
import { watchRun } from "./watch-run.ts";
import type { Envelope, Thread, ThreadStart } from "./worker-threads.ts";

const tell = (told: RunMessage): void =>
  postMessage({ told } satisfies Envelope);
const tellRest = watchRun(tell);

let thread: Thread | undefined;

addEventListener(
  "message",
  ({ data }: MessageEvent<ThreadStart | Envelope>) => {
    if ("url" in data) void start(data);
    else if (thread?.deliver && "content" in data) thread.deliver(data.content);
    else if ("content" in data) thread?.inbox.push(data.content);
  },
);

async function start(given: ThreadStart): Promise<void> {
  thread = { ...given, inbox: [], tellRest };
  Object.assign(globalThis, { thread });
  try {
    await import(/* @vite-ignore */ given.url);
    tellRest();
    // As in Node, a thread that listens to nobody ends when its code has.
    if (!thread.deliver) tell({ kind: "ended" });
  } catch (error) {
    tell({ kind: "failed", text: String(error) });
  }
}
