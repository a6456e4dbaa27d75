import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type {
  Browser,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
} from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { LANGUAGES } from "../../src/book/languages.ts";
import { wordsOf } from "../../src/build/words.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { builtPages, isNote } from "./pages.ts";

const WIDTHS = [320, 390, 820, 1440];
const HEIGHT = 800;
/** What a finger hits: https://www.w3.org/TR/WCAG22/#target-size-minimum */
const LEAST_TARGET_PX = 24;
/** Pages that are open at once: two cores have no use for more. */
const AT_ONCE = 2;
const AXE = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What stands on a page with JavaScript only. */
const BUTTONS = new RegExp(
  `\\n+(${LANGUAGES.flatMap((language) => {
    const { example, homePage, orders, prove, run } = wordsOf(language);
    return [
      example.copy,
      homePage.run,
      orders.begin,
      prove.all,
      prove.start,
      run.start,
    ];
  }).join("|")})(?=\\n)`,
  "g",
);

const origin = inject("origin") + inject("base");
// What a claim's page shows, the evidence page of its note shows as well: of the
// two hundred, those with runs, with orders and with Node's claims are enough.
const pages = builtPages().filter(
  ({ path }) =>
    !/\/claims\/.+/.test(path) ||
    /\/claims\/(race|process-and-thread)\//.test(path),
);
const notes = pages.filter(isNote).map(({ path }) => path);

/** What a look at one page in the browser found. */
interface Survey {
  /** Errors and warnings of the console, the policy's among them. */
  complaints: string[];
  /** Widths at which the page scrolls sideways, and by how many pixels. */
  sideways: string[];
  /** Words of a timeline that stick out of it, words of a command in two lines. */
  cut: string[];
  /** Controls that are too small for a finger, or lie on one another. */
  untouchable: string[];
  /** What axe-core finds: in Korean in the light theme, in English in the dark. */
  violations: string[];
  /** The text that is seen with JavaScript and without it. */
  text: { scripted: string; plain: string };
}

let browser: Browser;
const surveys = new Map<string, Survey>();

beforeAll(async () => {
  browser = await launchBrowser();
  const waiting = pages.map(({ path }) => path);
  // The languages have the same structure and colours: each gets one theme.
  const surveyor = async () => {
    const viewport = { width: WIDTHS.at(-1)!, height: HEIGHT };
    // Whoever reads none of the site's languages stays on its first page.
    const options = { viewport, locale: "fr" };
    const [dark, light, plain] = await Promise.all([
      browser.newPage({ ...options, colorScheme: "dark" }),
      browser.newPage({ ...options, colorScheme: "light" }),
      browser.newPage({ ...options, javaScriptEnabled: false }),
    ]);
    for (let path = waiting.pop(); path; path = waiting.pop()) {
      const scripted = path.startsWith("/en/") ? dark : light;
      surveys.set(path, await survey(path, scripted, plain));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, surveyor));
});

afterAll(() => browser?.close());

/** Opens a page in a context of its own. */
async function open(
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(origin + path, { waitUntil: "load" });
  await use(page);
  await context.close();
}

async function survey(
  path: string,
  scripted: Page,
  plain: Page,
): Promise<Survey> {
  const complaints: string[] = [];
  const sideways: string[] = [];
  const cut: string[] = [];
  const untouchable: string[] = [];
  const hear = (message: ConsoleMessage) => {
    const loud = ["error", "warning"].includes(message.type());
    if (loud) complaints.push(message.text());
  };
  const catchError = (error: Error) => void complaints.push(error.message);
  scripted.on("console", hear).on("pageerror", catchError);
  await scripted.goto(origin + path, { waitUntil: "load" });
  const text = await scripted.locator("main").innerText();
  for (const width of WIDTHS) {
    await scripted.setViewportSize({ width, height: HEIGHT });
    const seen = await scripted.evaluate(measureWidths);
    const controls = await scripted.evaluate(
      untouchableControls,
      LEAST_TARGET_PX,
    );
    if (seen.over > 0) sideways.push(`${seen.over} px at ${width} px`);
    cut.push(...seen.cut.map((words) => `${words} at ${width} px`));
    untouchable.push(...controls.map((control) => `${control} at ${width} px`));
  }
  scripted.off("console", hear).off("pageerror", catchError);
  // By the debugger's way, which the page's policy does not bar.
  await scripted.evaluate(AXE);
  const violations = await scripted.evaluate(runAxe);

  await plain.goto(origin + path, { waitUntil: "load" });
  const plainText = await plain.locator("main").innerText();
  return {
    complaints,
    sideways,
    cut,
    untouchable,
    violations,
    text: { scripted: text, plain: plainText },
  };
}

/** Runs in the page. */
function measureWidths(): { over: number; cut: string[] } {
  const cut = [...document.querySelectorAll("svg")].flatMap((svg) => {
    const { right } = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")]
      .filter((text) => text.getBoundingClientRect().right > right + 1)
      .map(({ textContent }) => textContent ?? "");
  });
  const commands = document.querySelectorAll(".example :is(header, .cmd) code");
  for (const { firstChild: text } of commands) {
    for (const { index, 0: word } of text!.textContent!.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(text!, index);
      range.setEnd(text!, index + word.length);
      if (range.getClientRects().length > 1) cut.push(word);
    }
  }
  return { over: document.documentElement.scrollWidth - innerWidth, cut };
}

/**
 * Runs in the page: controls smaller than this many pixels a side, and links of
 * a list that reach out of the place it has before it is scrolled to.
 */
function untouchableControls(least: number): string[] {
  const small = [...document.querySelectorAll("button, select, summary")]
    .filter((control) => control.checkVisibility())
    .filter((control) => {
      const { width, height } = control.getBoundingClientRect();
      return Math.min(width, height) < least;
    });
  const out = [...document.querySelectorAll("main > .backlinks")].flatMap(
    (list) =>
      [...list.querySelectorAll("a")].filter(
        (link) =>
          link.getBoundingClientRect().bottom >
          list.getBoundingClientRect().bottom,
      ),
  );
  return [...small, ...out].map(({ outerHTML }) => outerHTML.slice(0, 60));
}

/** Runs in the page. */
async function runAxe(): Promise<string[]> {
  interface Results {
    violations: { id: string; nodes: { html: string }[] }[];
  }
  const { axe } = globalThis as unknown as {
    axe: { run(options: object): Promise<Results> };
  };
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe.each(pages.map(({ path }) => path))("%s", (path) => {
  test("breaks no policy and complains of nothing", () => {
    expect(surveys.get(path)!.complaints).toEqual([]);
  });
  test("never scrolls sideways, and cuts no word of a drawing or a command", () => {
    expect(surveys.get(path)!.sideways).toEqual([]);
    expect(surveys.get(path)!.cut).toEqual([]);
  });
  test("has a place for a finger on every control", () => {
    expect(surveys.get(path)!.untouchable).toEqual([]);
  });
  test("leaves axe nothing to find", () => {
    expect(surveys.get(path)!.violations).toEqual([]);
  });
  test("reads the same without JavaScript", () => {
    const { scripted, plain } = surveys.get(path)!.text;
    expect(plain.length).toBeGreaterThan(50);
    expect(scripted.replaceAll(BUTTONS, "")).toBe(plain);
  });
});

test("a note is one request, and its icon", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(origin + notes[0], { waitUntil: "networkidle" });
  await context.close();
  expect(requests.filter((url) => !url.endsWith("/favicon.svg"))).toEqual([
    origin + notes[0],
  ]);
});

test("the command is copied by its button, with the keyboard", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  await open("/en/busy-wait/", { permissions }, async (page) => {
    await page.getByRole("button", { name: "Copy" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe("npx tsx examples/busy-wait.ts");
  });
});

test.each([
  ["refuses", "{ writeText: () => Promise.reject(new Error()) }"],
  ["does not exist", "undefined"],
])("where the clipboard %s, the command is selected", async (_, clipboard) => {
  await open("/ko/busy-wait/", {}, async (page) => {
    await page.evaluate(
      `Object.defineProperty(navigator, "clipboard", { value: ${clipboard} })`,
    );
    const { copy } = wordsOf("ko").example;
    await page.getByRole("button", { name: copy, exact: true }).press("Enter");
    await expect
      .poll(() => page.evaluate(() => String(getSelection())))
      .toBe("npx tsx examples/busy-wait.ts");
  });
});

test("on a phone the notes open and close without JavaScript", async () => {
  const viewport = { width: 390, height: HEIGHT };
  const options = { viewport, javaScriptEnabled: false };
  await open("/ko/busy-wait/", options, async (page) => {
    const list = page.locator("#nav");
    expect(await list.isVisible()).toBe(false);
    await page
      .getByRole("button", { name: wordsOf("ko").contents })
      .press("Enter");
    expect(await list.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await list.isVisible()).toBe(false);
  });
});
