import threadWorker from "./thread-worker.ts?worker&url";
import { startWorker } from "./start-worker.ts";

/**
 * Starts the worker of a thread. In a module of its own, since the stand-in has
 * a class of the name `Worker`, and Vite loads this one in the worker only.
 */
export function startThread(): Worker {
  return startWorker(threadWorker);
}
