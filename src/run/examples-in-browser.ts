import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { whereItRuns } from "./where-it-runs.ts";

const STAND_IN = fileURLToPath(new URL("worker-threads.ts", import.meta.url));
const EXAMPLE = /\/examples\/[\w-]+\.ts$/;

/**
 * Makes the examples fit for the browser's bundle, and leaves them alone
 * everywhere else: `node:worker_threads` is the stand-in over Web Workers,
 * another module of Node stays an import that a guard keeps from running, and
 * an example that runs in Node only is left out.
 */
export function examplesInBrowser(): Plugin {
  return {
    name: "examples-in-browser",
    enforce: "pre",
    resolveId(id, importer) {
      if (this.environment.name !== "client") return null;
      if (!id.startsWith("node:") || !EXAMPLE.test(importer ?? "")) return null;
      return id === "node:worker_threads" ? STAND_IN : { id, external: true };
    },
    load(id) {
      if (this.environment.name !== "client" || !EXAMPLE.test(id)) return null;
      const nodeOnly = whereItRuns(readFileSync(id, "utf8")) === "node";
      return nodeOnly ? "export {};" : null;
    },
  };
}
