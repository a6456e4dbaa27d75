import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "vite";
import { filesOf } from "../book/files.ts";
import type { Outcome } from "../book/runtimes.ts";
import { whereItRuns } from "../book/where-it-runs.ts";
import { launchBrowser } from "../browser/browser.ts";
import { launchFirefox } from "../browser/firefox.ts";
import { serve } from "../browser/serve.ts";
import { launchWebKit } from "../browser/webkit.ts";
import { examplesInBrowser } from "../build/examples-in-browser.ts";
import type { Ended } from "../client/prove/measure-here.ts";
import type { Place } from "./place.ts";
import { HUNG_AFTER_MS, outcomeOf } from "./place.ts";

const PAGE = "src/runtimes/page/index.html";
/** A page that has not said for this long how its claim ended is gone. */
const GONE_AFTER_MS = 300_000;
const VIEWPORT = { width: 800, height: 600 };

/** A browser, as much of it as it takes to measure. */
interface Driver {
  version: string;
  /** Opens an address. @returns closes it again */
  open: (url: string) => Promise<() => Promise<void>>;
  close: () => Promise<void>;
}

const DRIVERS: Record<string, () => Promise<Driver | undefined>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/**
 * Gets a browser ready, and what Prove it here would load on a page that is
 * isolated.
 *
 * @param browser `chromium`, `firefox` or `webkit`
 * @returns nothing where there is none
 */
export async function openBrowser(browser: string): Promise<Place | undefined> {
  const driver = await DRIVERS[browser]!();
  if (!driver) return undefined;
  const dist = await mkdtemp(join(tmpdir(), "claims-"));
  await build({
    base: "/",
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [examplesInBrowser()],
    worker: { format: "es" },
    // Where the files lie, whatever NODE_ENV is: Vitest's is "test".
    define: { "import.meta.env.DEV": "false" },
    build: {
      outDir: dist,
      // Where the site has its code, beside the folders of examples and claims.
      assetsDir: "_astro",
      modulePreload: false,
      rolldownOptions: { input: PAGE },
    },
  });
  let posted: (ended: Ended) => void = () => {};
  const server = await serve(dist, "", {
    isolated: true,
    onPost: (body) => posted(JSON.parse(body) as Ended),
  });
  return {
    version: driver.version,
    async measure(slug, id, runs) {
      const source = readFileSync(filesOf(slug).example, "utf8");
      if (whereItRuns(source) === "node") return { missing: "Node" };
      const query = new URLSearchParams({ slug, id, runs: String(runs) });
      const ending = new Promise<Ended>((resolve) => (posted = resolve));
      const opening = driver.open(`${server.origin}/${PAGE}?${query}`);
      const gone = sleep(GONE_AFTER_MS, undefined, { ref: false });
      const ended = await Promise.race([ending, gone]);
      if (ended) await (await opening)();
      return outcomeHere(ended);
    },
    async close() {
      await driver.close();
      await server.close();
      await rm(dist, { recursive: true });
    },
  };
}

function outcomeHere(ended: Ended | undefined): Outcome {
  if (ended?.kind === "end") return outcomeOf(ended.end);
  if (ended?.kind === "failed") return { failed: ended.text };
  if (ended?.kind === "stopped") {
    return { hungAfter: HUNG_AFTER_MS / 1000 };
  }
  return { failed: `The page ended: ${ended?.kind ?? "it said nothing"}` };
}

async function startChromium(): Promise<Driver> {
  const browser = await launchBrowser();
  return {
    version: browser.version(),
    async open(url) {
      const page = await browser.newPage({ viewport: VIEWPORT });
      await page.goto(url);
      return () => page.close();
    },
    close: () => browser.close(),
  };
}

async function startFirefox(): Promise<Driver | undefined> {
  const firefox = await launchFirefox();
  return (
    firefox && {
      version: firefox.version,
      async open(url) {
        await firefox.open(url, VIEWPORT);
        // The page says by itself how its claim ended.
        await firefox.disconnect();
        return async () => {
          await firefox.connect();
          await firefox.closeTabs(url);
        };
      },
      close: () => firefox.close(),
    }
  );
}

async function startWebKit(): Promise<Driver | undefined> {
  // Of two hundred pages one may never be taken for loaded.
  const webkit = await launchWebKit({ pageLoadStrategy: "none" });
  return (
    webkit && {
      version: webkit.version,
      async open(url) {
        await webkit.tab.open(url);
        return () => webkit.tab.open("about:blank");
      },
      close: () => webkit.tab.close(),
    }
  );
}
