/**
 * Starts the worker of a thread. In a module of its own, since Vite bundles
 * only what is written `new Worker(new URL(…))`, and the stand-in has a class
 * of that name.
 */
export function startThread(): Worker {
  return new Worker(new URL("./thread-worker.ts", import.meta.url), {
    type: "module",
  });
}
