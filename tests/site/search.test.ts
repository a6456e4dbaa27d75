import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Language } from "../../src/book/languages.ts";
import { LANGUAGES } from "../../src/book/languages.ts";
import { shardsOf } from "../../src/client/search/terms.ts";
import { fill, wordsOf } from "../../src/build/words.ts";
import { launchBrowser } from "../../src/browser/browser.ts";

const MOST_AT_FIRST = 20 * 1024;
/** With up to four files of words and six notes. */
const MOST_IN_ALL = 56 * 1024;
/** More than a reader looks through. */
const MOST_PLACES = 20;
const AXE = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

const base = inject("base");
const site = inject("origin") + base;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

interface OpenOptions extends BrowserContextOptions {
  /** Routes have to stand before the page: it misses those that come later. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** Opens a page, hands it over, and fails on what the console complains of. */
async function open(
  path: string,
  use: (page: Page) => Promise<void>,
  { prepare, ...options }: OpenOptions = {},
): Promise<void> {
  // A change of pages that is cut short is complained of.
  const reducedMotion = "reduce";
  const context = await browser.newContext({ reducedMotion, ...options });
  const page = await context.newPage();
  await prepare?.(page);
  const complaints: string[] = [];
  page.on("console", (message) => {
    const loud = ["error", "warning"].includes(message.type());
    if (loud) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(site + path);
  await use(page);
  await context.close();
  expect(complaints).toEqual([]);
}

const field = (page: Page) => page.locator("dialog input:not([type])");
const results = (page: Page) => page.locator("dialog li a");
/** Read at one moment: more of the notes may be on their way. */
const shown = (page: Page) =>
  page.locator("dialog").evaluate((dialog) => ({
    count: dialog.querySelectorAll("li a").length,
    status: dialog.querySelector("[role=status]")?.textContent,
  }));
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent ?? "");

async function shut(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "hidden" });
}

const ASKED: Record<Language, { query: string; path: string; claim: string }> =
  {
    ko: {
      query: "바쁜대기는",
      path: "/ko/busy-wait/",
      claim: "코드가 쓰는 CPU 시간의 절반 이상이다",
    },
    en: {
      query: "busy waiting",
      path: "/en/busy-wait/",
      claim: "half as much CPU time as a computation",
    },
  };

describe.each(LANGUAGES)("in “%s”", (language) => {
  const { query, path, claim } = ASKED[language];
  const words = wordsOf(language).search;

  test("a search needs no mouse, from the key to the note", () =>
    open(`/${language}/http/`, async (page) => {
      await page.keyboard.press("/");
      expect(await field(page).inputValue()).toBe("");
      await page.keyboard.type(query);
      await results(page).first().waitFor();
      expect(await field(page).inputValue()).toBe(query);
      const { count, status } = await shown(page);
      const n = count < MOST_PLACES ? count : `${count}+`;
      expect(status).toBe(fill(words.found, { n }));
      const first = await results(page).first().innerText();
      await page.keyboard.press("ArrowDown");
      expect((await focused(page)).slice(0, 5)).toBe(first.slice(0, 5));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      expect(await field(page).evaluate((e) => e.matches(":focus"))).toBe(true);
      await shut(page);
      await page.keyboard.press("Control+k");
      expect(await field(page).inputValue()).toBe(query);
      await page.keyboard.press("Enter");
      await page.waitForURL(site + path);
    }));

  test("claims are found, marked as such, and led to", () =>
    open(`/${language}/`, async (page) => {
      await page.getByRole("link", { name: words.title, exact: true }).click();
      await field(page).fill(claim);
      const proven = results(page).filter({
        has: page.locator(".proven"),
        hasText: claim,
      });
      await proven.first().click();
      await page.waitForURL(`${site}${path}#claim-stays-on-the-cpu`);
      expect(await page.locator("#claim-stays-on-the-cpu").isVisible()).toBe(
        true,
      );
    }));

  test("where nothing is found, the reader is told what else to try", () =>
    open(path, async (page) => {
      await page.keyboard.press("Control+k");
      await field(page).fill("qqqq");
      const status = page.locator("dialog [role=status]");
      await status.getByText("qqqq").waitFor();
      expect(await status.innerText()).toBe(
        `${fill(words.none, { query: "qqqq" })} ${words.allNotes}`,
      );
      expect(await results(page).count()).toBe(0);
      await status.getByRole("link").click();
      await page.waitForURL(`${site}/${language}/`);
    }));

  test("axe finds nothing in the open search, and it fits 320 px", () =>
    open(
      path,
      async (page) => {
        await page.keyboard.press("/");
        await field(page).fill("CPU");
        await results(page).first().waitFor();
        const over = await page.evaluate(() => {
          const dialog = document.querySelector("dialog")!;
          return [document.documentElement, dialog].map(
            ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
          );
        });
        expect(over).toEqual([0, 0]);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          interface Results {
            violations: { id: string; nodes: { html: string }[] }[];
          }
          const { axe } = globalThis as unknown as {
            axe: { run(options: object): Promise<Results> };
          };
          const found = await axe.run({ resultTypes: ["violations"] });
          return found.violations.map(
            ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
          );
        });
        expect(violations).toEqual([]);
      },
      {
        viewport: { width: 320, height: 640 },
        colorScheme: language === "ko" ? "light" : "dark",
      },
    ));

  test("code and text are asked for side by side, once, and weigh no more than 20 KB", async () => {
    let answer = () => {};
    const held = new Promise<void>((done) => (answer = done));
    const prepare = (page: Page) =>
      page.route(/search-dialog/, async (route) => {
        await held;
        await route.continue();
      });
    await open(
      path,
      async (page) => {
        const asked: string[] = [];
        page.on("request", (request) => {
          const { pathname } = new URL(request.url());
          // Pages may be fetched beforehand meanwhile.
          if (/search/.test(pathname)) asked.push(pathname);
        });
        const data = page.waitForRequest(/search\.json$/);
        await page.keyboard.press("/");
        await data; // Though the code has not come.
        await page.keyboard.type(query); // Nor is a letter lost meanwhile.
        answer();
        await results(page).first().waitFor();
        expect(asked.slice(0, 2).join()).toMatch(/search\.json/);
        expect(asked.slice(0, 2).join()).toMatch(/search-dialog/);
        expect(weigh(asked.slice(0, 2))).toBeLessThanOrEqual(MOST_AT_FIRST);
        // The notes in which the words stand come behind the first results.
        await page.waitForLoadState("networkidle");
        expect(weigh(asked)).toBeLessThanOrEqual(MOST_IN_ALL);
        await shut(page);
        await page.keyboard.press("/");
        await field(page).fill("CPU");
        await results(page).first().waitFor();
        expect(asked).toEqual([...new Set(asked)]);
      },
      { prepare },
    );
  });
});

/** Bytes of the files of these addresses, gzip -9. */
function weigh(paths: string[]): number {
  return paths
    .map((path) => readFileSync(inject("dist") + path.slice(base.length)))
    .reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

test("keys in the search do not turn the page's own pages", () =>
  open("/en/busy-wait/", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("loop");
    await results(page).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("j");
    expect(await field(page).inputValue()).toBe("loopj");
    expect(page.url()).toBe(`${site}/en/busy-wait/`);
  }));

test("of a long book a query loads its terms and the likeliest notes, once", async () => {
  const notes = Array.from({ length: 40 }, (_, number) => ({
    slug: `n${number}`,
    title: `노트 ${number}`,
    names: [],
    definition: number === 30 ? "바쁜 대기다." : "다른 이야기다.",
    sections: [],
  }));
  const shards = shardsOf(notes, 3);
  const words = wordsOf("ko").search;
  const asked: string[] = [];
  const prepare = async (page: Page) => {
    await page.route(/search\.json$/, (route) =>
      route.fulfill({ json: { words, notes: [], shards: shards.length } }),
    );
    await page.route(/\/ko\/search\/.*\.json$/, (route) => {
      const [name = ""] =
        route
          .request()
          .url()
          .match(/[^/]+(?=\.json)/) ?? [];
      asked.push(name);
      const [, shard] = name.match(/^terms-(\d+)$/) ?? [];
      const json = shard ? shards[Number(shard)] : notes[Number(name)];
      return route.fulfill({ json });
    });
  };
  const use = async (page: Page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("바쁜대기");
    await results(page).first().waitFor();
    expect(await results(page).first().innerText()).toContain("노트 30");
    expect(asked.filter((name) => !name.startsWith("terms"))).toEqual(["30"]);
    await field(page).fill("바쁜 대기는");
    await page.getByText(fill(words.found, { n: 1 })).waitFor();
    expect(asked).toEqual([...new Set(asked)]);
  };
  await open("/ko/http/", use, { prepare });
});

test("of a long book, terms that do not come are told of, and asked for again", async () => {
  const { search, notLoaded } = wordsOf("en");
  const file = /\/en\/search\/.*\.json$/;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(/search\.json$/, (route) =>
    route.fulfill({
      json: { words: { ...search, notLoaded }, notes: [], shards: 1 },
    }),
  );
  await page.route(file, (route) => route.abort());
  await page.goto(`${site}/en/busy-wait/`);
  await page.keyboard.press("/");
  await page.keyboard.type("loo");
  await page.locator("dialog").getByText(notLoaded).waitFor();
  await page.unroute(file);
  await page.route(file, (route) => route.fulfill({ json: {} }));
  await page.keyboard.type("p");
  await page.getByText(fill(search.none, { query: "loop" })).waitFor();
  expect(page.url()).toBe(`${site}/en/busy-wait/`);
  await context.close();
});

describe("a search that does not load says so, and loads when opened again", () => {
  const alert = (page: Page) => page.locator("header > [role=alert]");
  const openAndFind = async (page: Page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("CPU");
    await results(page).first().waitFor();
  };

  test.each(LANGUAGES)("offline, in “%s”", async (language) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site}/${language}/busy-wait/`);
    await context.setOffline(true);
    for (let opening = 0; opening < 2; opening++) {
      await page.keyboard.press("/");
      await alert(page).waitFor();
    }
    expect(await alert(page).innerText()).toBe(wordsOf(language).notLoaded);
    expect(await field(page).isVisible()).toBe(false);
    expect(page.url()).toBe(`${site}/${language}/busy-wait/`);
    await context.setOffline(false);
    await openAndFind(page);
    expect(await alert(page).count()).toBe(0);
    await context.close();
  });

  test.each([
    ["the code", /search-dialog/],
    ["the text", /search\.json$/],
  ])("where %s does not come", async (_, file) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(file, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${site}/en/busy-wait/`);
    await page.keyboard.press("/");
    await alert(page).waitFor();
    await page.unroute(file);
    await openAndFind(page);
    await context.close();
  });
});

test("without JavaScript the button is a link to the list of notes", () =>
  open(
    "/ko/busy-wait/",
    async (page) => {
      const { title } = wordsOf("ko").search;
      await page.getByRole("link", { name: title, exact: true }).click();
      await page.waitForURL(`${site}/ko/`);
    },
    { javaScriptEnabled: false },
  ));
