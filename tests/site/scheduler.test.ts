import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
} from "vitest";
import { launchBrowser, launchFirefox } from "../../src/browser/browser.ts";

const PHONE = { width: 390, height: 800 };
const DESKTOP = { width: 1280, height: 900 };
const MAX_BYTES = 5 * 1024;

let browser: Browser;
let firefox: Browser | undefined;
beforeAll(async () => {
  [browser, firefox] = await Promise.all([launchBrowser(), launchFirefox()]);
});
afterAll(() => Promise.all([browser?.close(), firefox?.close()]));

interface Opened {
  slug?: string;
  viewport?: typeof DESKTOP;
  javaScriptEnabled?: boolean;
  by?: Browser;
}

async function open({
  slug = "race",
  viewport = DESKTOP,
  javaScriptEnabled = true,
  by = browser,
}: Opened = {}) {
  const context = await by.newContext({ viewport, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(`${inject("origin")}${inject("base")}/en/${slug}/`);
  return page;
}

const said = (page: Page) => page.locator(".scheduler [role=status]");
const taken = (page: Page) => page.locator(".scheduler > div li");
const button = (page: Page, name: string) =>
  page.locator(".scheduler .btn", { hasText: name });

async function begin(page: Page): Promise<void> {
  await button(page, "Begin").click();
  await said(page).waitFor();
}

async function press(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await button(page, name).click();
}

describe.each([
  ["Chromium", () => browser],
  ["Firefox", () => firefox],
] as const)("%s", (name, get) => {
  const by = () => get()!;
  beforeEach(({ skip }) => {
    if (!get()) skip(`${name} is not installed here: set FIREFOX_PATH.`);
  });

  test("a reader loses a deposit, goes back, and loses none", async () => {
    const page = await open({ by: by() });
    await begin(page);
    expect(await said(page).textContent()).toBe(
      "balance after three deposits of 1, still possible: 1 in 48 orders · 2 in 36 orders · 3 in 6 orders",
    );
    const [one, two, three] = ["task 1", "task 2", "task 3"] as const;
    await press(page, one, two, three, one);
    await press(page, two);
    expect(await said(page).textContent()).toMatch(/^A lost update\. balance/);
    await press(page, three);
    expect(await said(page).textContent()).toBe(
      "A lost update. The end. balance after three deposits of 1: 1",
    );
    expect(await taken(page).allTextContents()).toEqual([
      "task 1 reads 0",
      "task 2 reads 0",
      "task 3 reads 0",
      "task 1 writes 1",
      "task 2 writes 1 – A lost update",
      "task 3 writes 1 – A lost update",
    ]);
    await press(page, ...Array<string>(6).fill("Back"));
    expect(await taken(page).count()).toBe(0);
    await press(page, one, one, two, two, three, three);
    expect(await said(page).textContent()).toBe(
      "The end. balance after three deposits of 1: 3",
    );
    await page.context().close();
  });

  test("the line that runs is lit in the listing", async () => {
    const page = await open({ by: by() });
    await begin(page);
    await button(page, "task 1").click();
    const lit = await page.evaluate(() =>
      [...CSS.highlights.get("step")!].map((range) =>
        (range as Range).toString(),
      ),
    );
    const source = readFileSync("examples/race.ts", "utf8").split("\n");
    const line = lit.join("").trim();
    expect(line).toBe("const before = account.read();");
    expect(source.map((text) => text.trim())).toContain(line);
    await page.context().close();
  });

  test("the keyboard does it on a phone, and keeps its place", async () => {
    const page = await open({ viewport: PHONE, by: by() });
    await button(page, "Begin").focus();
    await page.keyboard.press("Enter");
    await said(page).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await taken(page).allTextContents()).toEqual([
      "task 1 reads 0",
      "task 1 writes 1",
    ]);
    // It has ended, but it still has the focus, and does nothing.
    await page.keyboard.press("Enter");
    expect(await taken(page).count()).toBe(2);
    const focused = page.locator(".scheduler .btn:focus");
    expect(await focused.getAttribute("aria-disabled")).toBe("true");
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  test("a reader leaves two of four additions of two threads", async () => {
    const page = await open({ slug: "atomics", by: by() });
    await begin(page);
    expect(await said(page).textContent()).toBe(
      "count after two threads have added 1 twice, still possible: 2 in 32 orders · 3 in 32 orders · 4 in 6 orders",
    );
    const [one, two] = ["thread 1", "thread 2"] as const;
    await press(page, one, two, two, one, two, one, one, two);
    expect(await said(page).textContent()).toBe(
      "A lost update. The end. count after two threads have added 1 twice: 2",
    );
    const losses = page.locator(".scheduler li", { hasText: "lost update" });
    expect(await losses.count()).toBe(2);
    await page.context().close();
  });
});

test("without JavaScript the shortest losing order stands there", async () => {
  const page = await open({ javaScriptEnabled: false });
  expect(await button(page, "Begin").isVisible()).toBe(false);
  await page.locator(".scheduler summary").click();
  const steps = await page.locator(".scheduler details li").allTextContents();
  expect(steps.length).toBe(6);
  expect(steps.slice(0, 2)).toEqual(["task 1 reads 0", "task 2 reads 0"]);
  await page.context().close();
});

test("what a press loads is little, and a failure is said", async () => {
  const page = await open();
  const loaded: string[] = [];
  page.on("response", (response) =>
    loaded.push(new URL(response.url()).pathname),
  );
  await page.route("**/schedule.json", (route) => route.abort());
  await button(page, "Begin").click();
  await page.locator(".scheduler [role=alert]").waitFor();
  await page.unroute("**/schedule.json");
  await button(page, "Begin").click();
  await said(page).waitFor();
  const bytes = [...new Set(loaded)]
    .filter((path) => !path.endsWith("favicon.svg"))
    .map((path) =>
      readFileSync(inject("dist") + path.slice(inject("base").length)),
    )
    .reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  await page.context().close();
});
