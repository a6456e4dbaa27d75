import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { claim, exactly, observeProcess, onThreads } from "#claim";
import {
  beatsAfterFailure,
  childProcess,
  count,
} from "../../examples/process-and-thread.ts";

/** How often a service beats after the error if it can, as the notes say. */
const BEATS = 4;

// No two processes that live at one time have the same number, and the sender
// lives all the time. What a helper posts is heard before it counts.
claim("lives-in-a-process", {
  figure: "helpers in the process that started them",
  unit: "",
  bound: exactly(3),
  subject: heardInside,
  controls: {
    processes: {
      leavesOut: "the thread: each helper is a child process",
      measure: async () => inside((await count("process")).pids),
    },
  },
});

// Each helper has added before it replies, and they add atomically.
claim("shares-memory", {
  figure: "additions that the sender sees",
  unit: "",
  bound: exactly(3000),
  subject: async () => (await onThreads(3, () => count("thread"))).mine,
  controls: {
    processes: {
      leavesOut: "the thread: each helper is a child process",
      measure: async () => (await count("process")).mine,
    },
    "threads, memory not shared": {
      leavesOut: "the SharedArrayBuffer: the counter is in an ordinary one",
      measure: async () => (await count("thread", new ArrayBuffer(4))).mine,
    },
  },
});

// Each adds to a copy of what the sender has, whenever that may be. Systems give
// their PIDs in turn: none that has just become free comes again at once.
claim("counts-in-a-copy", {
  figure: "additions that the last helper sees",
  unit: "",
  bound: exactly(1000),
  subject: () => added("process"),
  controls: {
    threads: {
      leavesOut: "the process: each helper is a thread",
      measure: () => added("thread"),
    },
  },
});

// The service beats on when it is told that its helper has ended, whenever
// that may be. One that does not wait for that beats once or twice more before
// a thread's error ends it: then nobody knows which beats come after an error.
claim("survives-a-process", {
  figure: "beats of the service after the error",
  unit: "",
  bound: exactly(BEATS),
  subject: async () => {
    const [code] = await once(childProcess("fail"), "exit");
    if (code !== 1) throw new Error(`A helper that throws ended with ${code}.`);
    return beatsAfterError("process");
  },
  controls: {
    "error in a thread": {
      leavesOut: "the process: the helper is a thread",
      measure: async () => {
        const beats = await beatsAfterError("thread");
        return beats === 0 || beats === BEATS ? beats : NaN;
      },
    },
  },
});

// An error event without a listener ends the process before the thread's exit
// is told, and the service waits for that.
claim("falls-with-a-thread", {
  figure: "beats of the service after the error",
  unit: "",
  bound: exactly(0),
  subject: () => beatsAfterError("thread"),
  controls: {
    "error in a watched thread": {
      leavesOut: "that nobody listens for the error",
      measure: () => beatsAfterError("watched thread"),
    },
    "error in a process": {
      leavesOut: "the thread: the helper is a child process",
      measure: () => beatsAfterError("process"),
    },
  },
});

function inside(pids: number[]): number {
  return pids.filter((pid) => pid === process.pid).length;
}

/**
 * Threads in this process, by what each posts: only it can say where it is.
 * Beside Node nothing tells of a worker that starts, so nothing is heard.
 */
async function heardInside(): Promise<number> {
  let started = 0;
  let heard = 0;
  const hear = (message: unknown) => {
    const numbers = JSON.stringify(message).split(/\D+/);
    if (numbers.includes(String(process.pid))) heard++;
  };
  const listen = (worker: Worker) => {
    started++;
    worker.on("message", hear);
  };
  process.on("worker", listen);
  const { pids } = await onThreads(3, () => count("thread")).finally(() =>
    process.off("worker", listen),
  );
  return started > 0 ? Math.min(heard, inside(pids)) : inside(pids);
}

/** What the last of three sees, less what is in the counter that it is sent. */
async function added(kind: "thread" | "process"): Promise<number> {
  const memory = new SharedArrayBuffer(4);
  new Int32Array(memory)[0] = 5;
  const { pids, theirs } = await count(kind, memory);
  if (kind === "process" && new Set(pids).size !== 3) {
    throw new Error(`The processes were ${pids}.`);
  }
  return theirs - 5;
}

/**
 * The beats of a service, less those that come before the error: whoever listens
 * for the error says when that is, and up to then all services are alike.
 */
async function beatsAfterError(kind: string): Promise<number> {
  const messages: unknown[] = [];
  const watched = childProcess("serve", "watched thread");
  watched.on("message", (message) => messages.push(message));
  await once(watched, "disconnect");
  const before = messages.findIndex((message) => message !== "beat");
  const { value, points } = await observeProcess(() => beatsAfterFailure(kind));
  const after = points.filter(({ name }) => name === "beat").length - before;
  if (before < 1 || value !== after) {
    throw new Error(
      `${before} beats came before the error, ${after} after it.`,
    );
  }
  return after;
}
