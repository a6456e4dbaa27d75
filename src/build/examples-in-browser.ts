import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { filesOf } from "../book/files.ts";
import { whereItRuns } from "../book/where-it-runs.ts";

const client = (file: string) =>
  fileURLToPath(new URL(`../client/${file}`, import.meta.url));
/** What an example and its claims import, and what is there instead. */
const STAND_INS: Record<string, string> = {
  "node:worker_threads": client("run/worker-threads.ts"),
  "#claim": client("prove/claims-here.ts"),
};
const EXAMPLE = /\/(?:examples\/[\w-]+|tests\/claims\/[\w-]+\.test)\.ts$/;
const IMPORT_OF_NODE = /\bimport\("(node:[^"]+)"\)/g;

/**
 * Makes the examples and their claims fit for the browser's bundle, and leaves
 * them alone everywhere else. `node:worker_threads` is the stand-in over Web
 * Workers, and `#claim` the one without Vitest; any other module of Node is
 * refused, as a browser would, without the preloading (0.9 KB) that Vite puts
 * around an import(). Each example that a browser can run, and its claims, is a
 * file under its own name: the worker that runs it needs no list of them all.
 * They lie beside `_astro`, whose files have a hash and are kept for good
 * (`public/_headers`).
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
        const slug = basename(id, ".ts");
        this.emitFile({
          type: "chunk",
          id,
          fileName: `examples/${slug}.js`,
          preserveSignature: "strict",
        });
        const claims = `${config.root}/${filesOf(slug).test}`;
        if (!existsSync(claims)) continue;
        this.emitFile({
          type: "chunk",
          id: claims,
          fileName: `claims/${slug}.js`,
        });
      }
    },
    resolveId(id, importer) {
      if (this.environment.name !== "client") return null;
      if (!EXAMPLE.test(importer ?? "")) return null;
      return STAND_INS[id] ?? null;
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
