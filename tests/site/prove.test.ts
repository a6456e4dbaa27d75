import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { LANGUAGES } from "../../src/book/languages.ts";
import { SLUGS } from "../../src/book/parts.ts";
import { claimSources, needsIn } from "../../src/book/source.ts";
import { whereItRuns } from "../../src/book/where-it-runs.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { wordsOf } from "../../src/build/words.ts";
import type { ProveData } from "../../src/client/prove/prove-panel.ts";
import { letStrangerIn, REFUSED } from "./stranger.ts";

/** What a press may load, beside the example: some ten kilobytes. */
const MOST_BYTES = 10.5 * 1024;
const PHONE = { width: 360, height: 780 };
const DESKTOP = { width: 1280, height: 900 };

const base = inject("base");
const dist = inject("dist");
const words = wordsOf("en").prove;
const runnable = SLUGS.filter(
  (slug) => whereItRuns(readFileSync(`examples/${slug}.ts`, "utf8")) !== "node",
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

interface Opened {
  page: Page;
  context: BrowserContext;
  /** What went wrong in its console. */
  errors: string[];
}

async function open(
  path: string,
  use: (opened: Opened) => Promise<void>,
  {
    origin = inject("origin"),
    viewport = DESKTOP,
    javaScriptEnabled = true,
  } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport, javaScriptEnabled });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(origin + base + path);
  await use({ page, context, errors });
  await context.close();
}

/** The button for all claims, or the one of a claim. */
const button = (page: Page, id?: string) =>
  page.locator(
    id === undefined
      ? "[data-press=prove]:not([data-claim])"
      : `[data-press=prove][data-claim="${id}"]`,
  );
const said = (page: Page, id: string) =>
  page.locator(`[id="${id}"] .here [role=status]`);

/** What the site serves for the press. */
function dataOf(slug: string, language = "en"): ProveData {
  return JSON.parse(
    readFileSync(`${dist}/${language}/${slug}/prove.json`, "utf8"),
  ) as ProveData;
}

/** Presses the button for all claims by keyboard, until it is over. */
async function proveAll(page: Page): Promise<{
  tally: string;
  /** "✓ The sentence. The verdict." */
  entries: string[];
}> {
  // What a phone has not laid out yet has no innerText.
  const label = await button(page).textContent();
  await button(page).focus();
  await page.keyboard.press("Enter");
  await page.locator(".part.here").waitFor();
  await page.waitForFunction(
    (label) =>
      document.querySelector("[data-press=prove]")!.textContent === label,
    label,
    { timeout: 0 },
  );
  return {
    tally: await page.locator(".part.here > p").innerText(),
    entries: await page.locator(".part.here li").allTextContents(),
  };
}

/** Measures each claim twice: 20 runs of all take five minutes. */
async function fewRuns(context: BrowserContext): Promise<void> {
  await context.route(/prove\.json$/, async (route) => {
    const response = await route.fetch();
    const data = (await response.json()) as ProveData;
    await route.fulfill({ response, json: { ...data, runs: 2 } });
  });
}

/** Adds up the bytes, gzip -9, of the site's files that are loaded from now. */
function weighWhatLoads(context: BrowserContext): () => number {
  const paths = new Set<string>();
  context.on("response", (response) => {
    const { protocol, pathname } = new URL(response.url());
    if (protocol === "blob:" || pathname.endsWith("favicon.svg")) return;
    if (!pathname.includes("/examples/")) paths.add(pathname);
  });
  return () =>
    [...paths]
      .map((path) => readFileSync(dist + path.slice(base.length)))
      .reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

// A claim is stated so that no load breaks it, and no other press on this
// machine: so all notes are proven at the same time.
describe.concurrent("every claim that a browser can measure holds here", () => {
  test.each(runnable)("%s", { timeout: 600_000 }, async (slug) => {
    const language = LANGUAGES[runnable.indexOf(slug) % 2]!;
    const viewport = language === "ko" ? PHONE : DESKTOP;
    await open(
      `/${language}/${slug}/`,
      async ({ page, context, errors }) => {
        const loaded = weighWhatLoads(context);
        await fewRuns(context);
        const { entries } = await proveAll(page);
        expect(loaded()).toBeLessThanOrEqual(MOST_BYTES);
        const claims = Object.values(dataOf(slug, language).claims);
        expect(claims.length).toBeGreaterThan(1);
        expect(entries.map((entry) => entry[0])).toEqual(
          claims.map(({ nodeOnly }) => (nodeOnly === undefined ? "✓" : "–")),
        );
        // Each has its drawing, over what was recorded.
        const drawn = claims.filter(({ nodeOnly }) => nodeOnly === undefined);
        expect(await page.locator(".proof .here svg").count()).toBe(
          drawn.length,
        );
        const bands = drawn.map(({ controls }) => Object.keys(controls).length);
        expect(await page.locator(".proof .here .spread").count()).toBe(
          bands.reduce((sum, count) => sum + count + 1, 0),
        );
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(over).toBeLessThanOrEqual(0);
        expect(errors).toEqual([]);
      },
      { viewport },
    );
  });
});

test("without isolation a claim that shares memory says so, and the others hold", async () => {
  await open(
    "/en/idle-wait/evidence/",
    async ({ page, context, errors }) => {
      await fewRuns(context);
      const { entries } = await proveAll(page);
      const source = readFileSync("tests/claims/idle-wait.test.ts", "utf8");
      const needs = [...claimSources(source, "").values()].map(needsIn);
      expect(entries.map((entry) => entry[0])).toEqual(
        needs.map((needs) => (needs.length === 0 ? "✓" : "–")),
      );
      const shared = needs.findIndex((needs) =>
        needs.includes("shared memory"),
      );
      expect(entries[shared]).toContain(
        wordsOf("en").needsOfClaims["shared memory"],
      );
      expect(errors).toEqual([]);
    },
    { origin: inject("plainOrigin") },
  );
});

describe("one claim", () => {
  test.each([
    ["/en/race/evidence/", PHONE],
    ["/en/claims/race/loses-nine/", DESKTOP],
  ])("is proven on %s", async (path, viewport) => {
    await open(
      path,
      async ({ page, errors }) => {
        await button(page, "loses-nine").press("Enter");
        const status = said(page, "loses-nine");
        await status.getByText("Holds on your machine").waitFor();
        expect(await status.innerText()).toContain("20 runs");
        const svg = page.locator("#loses-nine .here svg");
        expect(await svg.getAttribute("aria-label")).toBe(
          "subject: 1; in turn: 10; no gap: 10",
        );
        expect(await svg.locator(".subject circle").count()).toBe(20);
        expect(await svg.locator(".control circle").count()).toBe(40);
        expect(await page.locator(".here progress").count()).toBe(0);
        expect(errors).toEqual([]);
      },
      { viewport },
    );
  });

  test("shows how far it is, and stops", async () => {
    await open("/en/race/evidence/", async ({ page }) => {
      const press = button(page, "loses-nine");
      const label = await press.innerText();
      await press.click();
      const progress = page.locator("#loses-nine progress");
      await expect.poll(() => progress.getAttribute("value")).not.toBe("0");
      expect(await progress.getAttribute("max")).toBe("20");
      expect(await press.innerText()).toBe(wordsOf("en").run.stop);
      await press.click();
      await said(page, "loses-nine").getByText("no verdict").waitFor();
      expect(await press.innerText()).toBe(label);
      expect(await progress.count()).toBe(0);
      // It can be proven again.
      await press.click();
      await said(page, "loses-nine").getByText("Holds").waitFor();
    });
  });

  test("waits for the one that was pressed before it", async () => {
    await open("/en/race/evidence/", async ({ page }) => {
      await button(page, "loses-nine").click();
      await said(page, "loses-nine").getByText(words.running).waitFor();
      await button(page, "all-read-first").click();
      await said(page, "all-read-first").getByText(words.waiting).waitFor();
      await said(page, "loses-nine").getByText("Holds").waitFor();
      await said(page, "all-read-first").getByText("Holds").waitFor();
    });
  });

  test("is discarded when the page is hidden, and says so", async () => {
    await open("/en/race/evidence/", async ({ page }) => {
      await button(page, "loses-nine").click();
      await page.locator("#loses-nine .here svg").waitFor();
      await page.evaluate(() => {
        Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await said(page, "loses-nine").getByText(words.hidden).waitFor();
      expect(await page.locator("#loses-nine .here svg").count()).toBe(0);
    });
  });

  test("that needs Node says so, with the command, and has no button", async () => {
    for (const javaScriptEnabled of [true, false]) {
      await open(
        "/en/busy-wait/evidence/",
        async ({ page }) => {
          expect(await button(page, "burns-the-cpu").count()).toBe(0);
          const here = page.locator("#burns-the-cpu .here");
          expect(await here.innerText()).toContain("CPU time of the process");
          expect(await here.locator("pre").innerText()).toBe(
            "npm run test:claims -- tests/claims/busy-wait.test.ts -t burns-the-cpu",
          );
        },
        { javaScriptEnabled },
      );
    }
  });

  test("has no button without JavaScript, and the command for Node", async () => {
    await open(
      "/en/race/evidence/",
      async ({ page }) => {
        expect(await button(page).isVisible()).toBe(false);
        expect(await button(page, "loses-nine").isVisible()).toBe(false);
        expect(await page.locator("main").innerText()).toContain(
          "Prove its claims in Node: npm run test:claims -- tests/claims/race.test.ts",
        );
      },
      { javaScriptEnabled: false },
    );
  });
});

describe("a claim that falls", () => {
  /** Swaps the example for one in which each deposit waits for another. */
  const swap = (context: BrowserContext, ways: string) =>
    context.route(/\/examples\/race\.js$/, async (route) => {
      const response = await route.fetch();
      const source = await response.text();
      const exported = /export\{(.*)\}/.exec(source)![1]!;
      const local = (name: string) =>
        new RegExp(`([\\w$]+) as ${name}\\b`).exec(exported)![1]!;
      const body = source.replace(
        /export\{.*\}/,
        `const broken={atOnce:${local("atOnce")},inTurn:${local("inTurn")}};export{${exported
          .split(",")
          .filter((one) => !/ as (atOnce|inTurn)$/.test(one))
          .join(",")}};export const ${ways}`,
      );
      await route.fulfill({ response, body });
    });
  const falls = async (ways: string, verdict: string) => {
    let report = new URLSearchParams();
    await open("/en/race/evidence/", async ({ page, context }) => {
      await swap(context, ways);
      await button(page, "loses-nine").click();
      await said(page, "loses-nine").getByText(verdict).waitFor();
      const here = page.locator("#loses-nine .here");
      const href = await here.locator("a").getAttribute("href");
      const { origin, pathname, searchParams } = new URL(href!);
      expect(origin + pathname).toBe("https://code.example/notes/issues/new");
      expect(await here.locator("pre").innerText()).toBe(
        searchParams.get("message"),
      );
      report = searchParams;
    });
    return report;
  };

  test("says in how many runs, and offers a report with figure, bound and runtime", async () => {
    const report = await falls(
      "atOnce=broken.inTurn,inTurn=broken.inTurn;",
      "Does not hold on your machine: the bound failed in 20 of 20 runs.",
    );
    expect(report.get("message")).toContain("race/loses-nine falls");
    expect(report.get("message")).toContain("bound:   = 1");
    expect(report.get("message")).toContain("subject: 10, 10");
    expect(report.get("machine")).toMatch(/Chrome\/\d+.*\d+ cores, isolated/);
    const template = parse(
      readFileSync(`.github/ISSUE_TEMPLATE/${report.get("template")}`, "utf8"),
    ) as { body: { id: string }[] };
    const fields = [...report.keys()].filter(
      (key) => key !== "template" && key !== "title",
    );
    expect(template.body.map(({ id }) => id)).toEqual(fields);
  });

  test("does so with a control that passes", async () => {
    const report = await falls(
      "atOnce=broken.atOnce,inTurn=broken.atOnce;",
      "Does not hold on your machine: the bound held without the concept too. Control: in turn.",
    );
    expect(report.get("message")).toContain("the bound holds, and must not");
  });
});

describe("what does not load is told of, and loads when pressed again", () => {
  test.each([
    ["the code", /prove-panel/],
    ["the data", /prove\.json$/],
  ])("where %s does not come", async (_, file) => {
    await open("/en/race/evidence/", async ({ page, context }) => {
      await context.route(file, (route) => route.fulfill({ status: 404 }));
      await button(page, "loses-nine").click();
      await page.locator("#loses-nine [role=alert]").waitFor();
      await context.unroute(file);
      await button(page, "loses-nine").click();
      await said(page, "loses-nine").getByText("Holds").waitFor();
      expect(await page.locator("#loses-nine [role=alert]").count()).toBe(0);
    });
  });

  test("where the claims do not come, after all else has", async () => {
    await open("/en/race/evidence/", async ({ page, context }) => {
      await context.route(/\/claims\/race\.js$/, (route) => route.abort());
      await button(page, "loses-nine").click();
      await said(page, "loses-nine")
        .getByText(wordsOf("en").notLoaded)
        .waitFor();
      await context.unroute(/\/claims\/race\.js$/);
      await button(page, "loses-nine").click();
      await said(page, "loses-nine").getByText("Holds").waitFor();
    });
  });
});

test.each(["origin", "plainOrigin"] as const)(
  "what Prove starts has the page's policy, whatever the host sends: %s",
  async (host) => {
    await open(
      "/en/race/evidence/",
      async ({ page, context }) => {
        const expectNoneAsked = await letStrangerIn(
          context,
          "**/claims/race.js",
          (tried) => `postMessage({ kind: "failed", text: ${tried} });`,
        );
        await button(page, "loses-nine").click();
        const status = said(page, "loses-nine");
        await status.getByText(words.failed.replace("{error}", "")).waitFor();
        expect(await status.innerText()).toBe(
          words.failed.replace("{error}", REFUSED),
        );
        expectNoneAsked();
      },
      { origin: inject(host) },
    );
  },
);
