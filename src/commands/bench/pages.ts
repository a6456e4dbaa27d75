import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "astro";
import type { Browser } from "playwright-core";
import { median } from "../../measure/statistics.ts";
import { LANGUAGES } from "../../book/languages.ts";
import { barePage } from "./bare-page.ts";
import { launchBrowser } from "../../browser/browser.ts";
import type { ColdLoad } from "./cold-load.ts";
import { coldLoad } from "./cold-load.ts";
import type { Scores } from "./lighthouse.ts";
import { judge } from "./lighthouse.ts";
import { serve } from "../../browser/serve.ts";

/** What a note's page costs a reader. */
export interface PageCost {
  /** `/ko/busy-wait/`. */
  path: string;
  /** The page as it is sent, gzip -9. */
  bytes: number;
  bareBytes: number;
  /** The median of its loads. */
  page: ColdLoad;
  /** The same of the same text as a bare page, loaded in turn with it. */
  bare: ColdLoad;
  lighthouse?: Scores;
}

interface Options {
  /** How often each page is loaded. */
  runs: number;
  lighthouse: boolean;
  /** Hears of each page that is done. */
  onPage: (cost: PageCost) => void;
}

/**
 * Builds the site and measures the pages of notes in both languages.
 *
 * @throws if the site does not build, or if Lighthouse does not run
 */
export async function measurePages(
  slugs: readonly string[],
  { runs, lighthouse, onPage }: Options,
): Promise<PageCost[]> {
  // Inside the project: what Astro renders with finds its packages from there.
  const dist = await mkdtemp(join(resolve("node_modules"), ".bench-"));
  const server = await serve(dist, "", { isolated: true, compressed: true });
  const browser = await launchBrowser();
  try {
    process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
    process.env["SITE"] = server.origin;
    process.env["BASE"] = "/";
    await build({ outDir: dist, logLevel: "warn" });
    const costs: PageCost[] = [];
    for (const path of slugs.flatMap((slug) =>
      LANGUAGES.map((language) => `/${language}/${slug}/`),
    )) {
      const cost = await measurePage(browser, server.origin, dist, path, runs);
      if (lighthouse) cost.lighthouse = await judge(server.origin + path);
      onPage(cost);
      costs.push(cost);
    }
    return costs;
  } finally {
    await browser.close();
    await server.close();
    await rm(dist, { recursive: true });
  }
}

async function measurePage(
  browser: Browser,
  origin: string,
  dist: string,
  path: string,
  runs: number,
): Promise<PageCost> {
  const html = await readFile(join(dist, path, "index.html"), "utf8");
  const bareHtml = barePage(html);
  const barePath = `/bare${path}`;
  await mkdir(join(dist, barePath), { recursive: true });
  await writeFile(join(dist, barePath, "index.html"), bareHtml);
  const loads: ColdLoad[] = [];
  const bareLoads: ColdLoad[] = [];
  // In turn, so that a busy spell of the machine slows both.
  for (let run = 0; run < runs; run++) {
    loads.push(await coldLoad(browser, origin + path));
    bareLoads.push(await coldLoad(browser, origin + barePath));
  }
  return {
    path,
    bytes: gzipSync(html, { level: 9 }).length,
    bareBytes: gzipSync(bareHtml, { level: 9 }).length,
    page: medians(loads),
    bare: medians(bareLoads),
  };
}

function medians(loads: readonly ColdLoad[]): ColdLoad {
  const of = (name: keyof ColdLoad) => median(loads.map((load) => load[name]));
  return {
    requests: of("requests"),
    firstPaint: of("firstPaint"),
    largestPaint: of("largestPaint"),
    blocked: of("blocked"),
    blockedPainted: of("blockedPainted"),
  };
}
