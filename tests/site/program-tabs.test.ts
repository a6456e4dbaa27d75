/** The tab from a note's program to its other one: with and without a script. */
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { inBrowser } from "./in-browser.ts";

const base = inject("base");
const origin = inject("origin") + base;
const NOTE = "/en/race/";
const OTHER = "/en/race/python/";
const NEXT = "/ko/synchronous/";

const open = inBrowser();

const tab = (page: Page, name: string) =>
  page.locator("#program [role=group]").getByRole("link", { name });
const file = (page: Page) => page.locator("#program header code").textContent();
const shows = (page: Page, name: string) =>
  page.locator("#program header code", { hasText: name }).waitFor();
const pathOf = (page: Page) => new URL(page.url()).pathname.slice(base.length);

test("without JavaScript the tabs lead to the page of the other, and back", async () => {
  await open(
    NOTE,
    async (page) => {
      expect(await file(page)).toBe("examples/race.ts");
      await tab(page, "Python").click();
      expect(pathOf(page)).toBe(OTHER);
      expect(await file(page)).toBe("examples/race.py");
      await tab(page, "TypeScript").click();
      expect(pathOf(page)).toBe(NOTE);
    },
    { javaScriptEnabled: false },
  );
});

test("by keyboard the other listing comes in place, with focus on the way back", async () => {
  const errors = await open(NOTE, async (page) => {
    await tab(page, "Python").focus();
    await page.keyboard.press("Enter");
    await shows(page, "examples/race.py");
    expect(pathOf(page)).toBe(NOTE);
    const command = page.locator("#program .cmd code");
    expect(await command.textContent()).toBe("python3 examples/race.py");
    expect(await page.locator("#program .cmd button").isVisible()).toBe(true);
    expect(
      await page.evaluate(() => document.activeElement?.textContent),
    ).toContain("TypeScript");
    await page.keyboard.press("Enter");
    await shows(page, "examples/race.ts");
    await page.locator("#program [data-press=run]").click();
    await page.locator(".yours").waitFor();
  });
  expect(errors).toEqual([]);
});

test("the choice is kept for other notes, until another is made", async () => {
  await open(NOTE, async (page) => {
    await tab(page, "Python").click();
    await shows(page, "examples/race.py");
    await page.goto(origin + NEXT);
    await shows(page, "examples/synchronous.py");
    await tab(page, "TypeScript").click();
    await shows(page, "examples/synchronous.ts");
    await page.goto(origin + NOTE);
    await page.waitForLoadState("networkidle");
    expect(await file(page)).toBe("examples/race.ts");
  });
});

test("on the page of the other the way back is a choice too", async () => {
  await open(NOTE, async (page) => {
    await tab(page, "Python").click();
    await shows(page, "examples/race.py");
    await page.goto(origin + OTHER);
    await tab(page, "TypeScript").click();
    await page.waitForURL(`**${NOTE}*`);
    await page.waitForLoadState("networkidle");
    expect(await file(page)).toBe("examples/race.ts");
  });
});

test("where the listing does not load, the link leads to its page", async () => {
  await open(NOTE, async (page) => {
    let first = true;
    await page.route(`**${OTHER}`, (route) => {
      if (!first) return route.continue();
      first = false;
      return route.abort();
    });
    await tab(page, "Python").click();
    await page.waitForURL(`**${OTHER}*`);
    expect(await file(page)).toBe("examples/race.py");
  });
});

test("a note about Python itself has its program in Python first", async () => {
  await open("/ko/fastapi/", async (page) => {
    expect(await file(page)).toBe("examples/fastapi.py");
    const href = await tab(page, "TypeScript").getAttribute("href");
    expect(href).toBe(`${base}/ko/fastapi/typescript/#program`);
  });
});
