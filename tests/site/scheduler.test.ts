import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";

const PHONE = { width: 390, height: 800 };
const DESKTOP = { width: 1280, height: 900 };
const MAX_BYTES = 5 * 1024;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function open(
  viewport = DESKTOP,
  javaScriptEnabled = true,
  note = "en/race",
) {
  const context = await browser.newContext({ viewport, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(`${inject("origin")}${inject("base")}/${note}/`);
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

test("a reader loses a deposit, goes back, and loses none", async () => {
  const page = await open();
  await begin(page);
  expect(await said(page).textContent()).toBe(
    "balance after three deposits of 1, still possible: 1 in 48 orders · 2 in 36 orders · 3 in 6 orders",
  );
  for (const who of [1, 2, 3, 1, 2, 3])
    await button(page, `task ${who}`).click();
  expect(await said(page).textContent()).toBe(
    "The end. balance after three deposits of 1: 1",
  );
  expect(await taken(page).allTextContents()).toEqual([
    "task 1 reads 0",
    "task 2 reads 0",
    "task 3 reads 0",
    "task 1 writes 1",
    "task 2 writes 1",
    "task 3 writes 1",
  ]);
  for (let step = 0; step < 6; step++) await button(page, "Back").click();
  expect(await taken(page).count()).toBe(0);
  for (const who of [1, 1, 2, 2, 3, 3])
    await button(page, `task ${who}`).click();
  expect(await said(page).textContent()).toBe(
    "The end. balance after three deposits of 1: 3",
  );
  await page.context().close();
});

test("a reader walks into a deadlock, and is told so", async () => {
  const page = await open(DESKTOP, true, "en/deadlock");
  await begin(page);
  await button(page, "task 1").click();
  expect(await said(page).textContent()).toContain("2 in 1 orders");
  await button(page, "task 2").click();
  // Both can go on, but nowhere else.
  expect(await said(page).textContent()).toBe(
    "transfers that are paid, of two, still possible: stuck for good in 2 orders",
  );
  for (const who of [1, 2]) await button(page, `task ${who}`).click();
  expect(await said(page).textContent()).toContain("Stuck for good.");
  expect(await taken(page).allTextContents()).toEqual([
    "task 1 locks Mina's account",
    "task 2 locks Jun's account",
    "task 1 waits for Jun's account",
    "task 2 waits for Mina's account",
  ]);
  for (const who of [1, 2]) {
    const pressed = await button(page, `task ${who}`).getAttribute(
      "aria-disabled",
    );
    expect(pressed).toBe("true");
  }
  await page.context().close();
});

test("the deadlock is told in Korean, and without JavaScript", async () => {
  const page = await open(DESKTOP, false, "ko/deadlock");
  await page.locator(".scheduler summary").click();
  expect(await page.locator(".scheduler details li").allTextContents()).toEqual(
    [
      "작업 1 미나의 계좌 잠그기",
      "작업 2 준의 계좌 잠그기",
      "작업 1 준의 계좌 기다리기",
      "작업 2 미나의 계좌 기다리기",
    ],
  );
  await page.context().close();
});

test("the line that runs is lit in the listing", async () => {
  const page = await open();
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
  const page = await open(PHONE);
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

test("without JavaScript the shortest losing order stands there", async () => {
  const page = await open(DESKTOP, false);
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
