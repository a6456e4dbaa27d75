import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Page,
} from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";

interface Setting extends BrowserContextOptions {
  /** The host from which the site comes. */
  origin?: string;
}

/**
 * Starts a browser for the tests of a file. What it returns opens a page, hands
 * it over, and gives what went wrong in the console.
 */
export function inBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  return async function open(
    path: string,
    use: (page: Page, context: BrowserContext) => Promise<void>,
    { origin = inject("origin"), ...options }: Setting = {},
  ): Promise<string[]> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(origin + inject("base") + path);
    await use(page, context);
    await context.close();
    return errors;
  };
}
