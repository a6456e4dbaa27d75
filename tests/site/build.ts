/** Builds the site once for all the tests of the built site, under a base. */
import { mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { build } from "astro";
import { serve } from "../../src/browser/serve.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the built site. */
    dist: string;
    /** Where it is served, without a slash at the end. */
    origin: string;
    /** The same, from a host that sends no headers of its own. */
    plainOrigin: string;
    /** The base path, with a slash in front and none at the end. */
    base: string;
  }
}

/** Neither the root nor one level deep, so that every address has to carry it. */
const BASE = "/some/base";
const SITE = "https://notes.example";

export default async function setup(
  project: TestProject,
): Promise<() => Promise<void>> {
  // Inside the project: what Astro renders with finds its packages from there.
  const dist = await mkdtemp(join(resolve("node_modules"), ".site-"));
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
  process.env["BASE"] = BASE;
  process.env["SITE"] = SITE;
  process.env["REPOSITORY_URL"] = "https://code.example/notes";
  // The site as its readers get it: Vite takes "test" for development.
  const mode = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  await build({ outDir: dist, logLevel: "warn" });
  process.env["NODE_ENV"] = mode;
  const server = await serve(dist, BASE, { isolated: true });
  const plain = await serve(dist, BASE, {});
  project.provide("dist", dist);
  project.provide("origin", server.origin);
  project.provide("plainOrigin", plain.origin);
  project.provide("base", BASE);
  return async () => {
    await server.close();
    await plain.close();
    await rm(dist, { recursive: true });
  };
}
