import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { whereItRuns } from "../book/where-it-runs.ts";

const STAND_IN = fileURLToPath(
  new URL("../client/run/worker-threads.ts", import.meta.url),
);
const EXAMPLE = /\/examples\/[\w-]+\.ts$/;
const IMPORT_OF_NODE = /\bimport\("(node:[^"]+)"\)/g;

/**
 * Makes the examples fit for the browser's bundle, and leaves them alone
 * everywhere else. `node:worker_threads` is the stand-in over Web Workers; any
 * other module of Node is refused, as a browser would, without the preloading
 * (0.9 KB) that Vite puts around an import(). Each example that a browser can
 * run is a file under its own name: the worker that runs it needs no list of
 * them all. It lies beside `_astro`, whose files have a hash and are kept for
 * good (`public/_headers`).
 */
export function examplesInBrowser(): Plugin {
  return {
    name: "examples-in-browser",
    enforce: "pre",
    // The site's own build only: a worker is built by itself, with the plugins
    // of `worker.plugins`, and Vite takes the first file for the worker.
    buildStart() {
      const { name, mode, config } = this.environment;
      if (name !== "client" || mode !== "build" || config.isWorker) return;
      for (const id of globSync(`${config.root}/examples/*.ts`)) {
        if (whereItRuns(readFileSync(id, "utf8")) === "node") continue;
        this.emitFile({
          type: "chunk",
          id,
          fileName: `examples/${basename(id, ".ts")}.js`,
          preserveSignature: "strict",
        });
      }
    },
    resolveId(id, importer) {
      if (this.environment.name !== "client") return null;
      if (!EXAMPLE.test(importer ?? "")) return null;
      return id === "node:worker_threads" ? STAND_IN : null;
    },
    transform(code, id) {
      if (this.environment.name !== "client" || !EXAMPLE.test(id)) return null;
      // Here the example waits for the worker to call its main().
      return code
        .replaceAll("import.meta.main", "false")
        .replaceAll(
          IMPORT_OF_NODE,
          (_, name) => `Promise.reject(new Error("${name} is Node's"))`,
        );
    },
  };
}
