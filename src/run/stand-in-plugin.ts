import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const STAND_IN = fileURLToPath(new URL("worker-threads.ts", import.meta.url));

/**
 * In the browser's bundle, and for examples only, `node:worker_threads` is the
 * stand-in over Web Workers.
 */
export function standInForWorkerThreads(): Plugin {
  return {
    name: "stand-in-for-worker-threads",
    enforce: "pre",
    resolveId(id, importer) {
      const isExample = importer?.includes("/examples/") ?? false;
      const inBrowser = this.environment.name === "client";
      if (id !== "node:worker_threads" || !isExample || !inBrowser) return null;
      return STAND_IN;
    },
  };
}
