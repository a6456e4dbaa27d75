/**
 * Stands in for `node:worker_threads` when an example runs in the browser: as
 * much of it as the examples use, over Web Workers.
 *
 * Node's documentation of the module says what each part does there:
 * https://nodejs.org/api/worker_threads.html
 */
import { EventEmitter } from "./event-emitter.ts";
import type { RunMessage } from "./messages.ts";
import { startThread } from "./start-thread.ts";

/** What passes between a worker and its parent: the example's own, and ours. */
export type Envelope =
  { content: unknown } | { told: RunMessage } | { ready: true };

/** What a thread's worker gets first, before the example is loaded. */
export interface ThreadStart {
  url: string;
  workerData: unknown;
}

/** What `thread-worker.ts` leaves for this module in its global scope. */
export interface Thread extends ThreadStart {
  /** Messages of the parent that nobody has taken yet. */
  inbox: unknown[];
  /** Takes each further message, once the example listens. */
  deliver?: (content: unknown) => void;
  /** Tells the page of what was measured up to now. */
  tellRest: () => void;
  /** Threads of its own that are still running. */
  children: number;
  /** Ends the thread if nothing keeps it: no listener, and no thread. */
  endIfIdle?: () => void;
}

const { thread } = globalThis as { thread?: Thread };

/** Whether this code runs in the thread that the example was started in. */
export const isMainThread = thread === undefined;

/** What the parent gave to `new Worker(…, { workerData })`; `null` without. */
export const workerData: unknown = thread?.workerData ?? null;

/** The end of the parent's channel that a thread has. */
class ParentPort extends EventEmitter {
  readonly #thread: Thread;

  constructor(thread: Thread) {
    super();
    this.#thread = thread;
  }

  /** Messages wait until somebody listens, as in Node. */
  override on(...[event, listener]: Parameters<EventEmitter["on"]>): this {
    super.on(event, listener);
    if (event === "message" && !this.#thread.deliver) {
      this.#thread.deliver = (content) => this.emit("message", content);
      const waiting = this.#thread.inbox.splice(0);
      queueMicrotask(() => waiting.forEach(this.#thread.deliver!));
    }
    return this;
  }

  postMessage(content: unknown, transfer: Transferable[] = []): void {
    // The parent may end this thread as soon as it has the message.
    this.#thread.tellRest();
    postMessage({ content } satisfies Envelope, { transfer });
  }

  /** Ends the thread. */
  close(): void {
    this.#thread.tellRest();
    postMessage({ told: { kind: "ended" } } satisfies Envelope);
  }
}

/** The way to the parent; `null` in the main thread. */
export const parentPort = thread === undefined ? null : new ParentPort(thread);

/** A thread. Emits `message`, `error`, `exit` and `online` as in Node. */
export class Worker extends EventEmitter {
  readonly #worker: globalThis.Worker;
  /** Posted before the thread's own module has run: Firefox may lose that. */
  #early: (ThreadStart | Envelope)[] | undefined = [];
  #exitCode: number | undefined;

  constructor(url: URL | string, options: { workerData?: unknown } = {}) {
    super();
    this.#worker = startThread();
    if (thread) thread.children++;
    this.#worker.onmessage = ({ data }: MessageEvent<Envelope>) => {
      if ("content" in data) this.emit("message", data.content);
      else if ("ready" in data) this.#postEarly();
      else if (data.told.kind === "ended") this.#exit(0);
      else if (data.told.kind === "failed") this.#fail(data.told.text);
      else passOn(data.told);
    };
    // A worker that does not load fails without a message.
    this.#worker.onerror = ({ message }) =>
      this.#fail(message || "The thread did not load.");
    const { workerData = null } = options;
    const start: ThreadStart = { url: String(url), workerData };
    this.#post(start);
  }

  postMessage(content: unknown, transfer: Transferable[] = []): void {
    this.#post({ content }, transfer);
  }

  /** Ends the thread at once; resolves to its exit code, 1 as in Node. */
  terminate(): Promise<number> {
    this.#exit(1);
    return Promise.resolve(this.#exitCode ?? 1);
  }

  #post(message: ThreadStart | Envelope, transfer: Transferable[] = []): void {
    // What is posted is copied at once, whatever becomes of it afterwards.
    if (this.#early) this.#early.push(structuredClone(message, { transfer }));
    else this.#worker.postMessage(message, transfer);
  }

  #postEarly(): void {
    this.#early?.forEach((message) => this.#worker.postMessage(message));
    this.#early = undefined;
  }

  #fail(text: string): void {
    this.emit("error", new Error(text));
    this.#exit(1);
  }

  #exit(code: number): void {
    if (this.#exitCode !== undefined) return;
    this.#exitCode = code;
    this.#worker.terminate();
    // As in Node: never before the caller has had a chance to listen.
    queueMicrotask(() => this.emit("exit", code));
    if (!thread) return;
    thread.children--;
    // After whoever waited for the exit has gone on.
    setTimeout(() => thread.endIfIdle?.());
  }
}

/** Hands what a thread tells of its run to the page, through each parent. */
function passOn(told: RunMessage): void {
  postMessage(isMainThread ? told : ({ told } satisfies Envelope));
}
