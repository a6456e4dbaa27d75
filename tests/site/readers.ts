import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";
import { launchFirefox } from "../../src/browser/firefox.ts";

/** What a reader does, in either browser. */
export interface Reader {
  /** With the mouse, on the first one that has the text. */
  click(selector: string, text?: string): Promise<void>;
  /** The mouse stays on the first one. */
  hover(selector: string): Promise<void>;
  type(text: string): Promise<void>;
  /** One key: what it writes, or its name. */
  press(key: string): Promise<void>;
  evaluate<T>(read: () => T): Promise<T>;
  close(): Promise<void>;
}

interface Viewport {
  width: number;
  height: number;
}

interface Readers {
  open(url: string, viewport: Viewport): Promise<Reader>;
  close(): Promise<void>;
}

async function launchChromium(): Promise<Readers> {
  const browser = await launchBrowser();
  return {
    open: async (url, viewport) => {
      const page = await browser.newPage({ viewport });
      await page.goto(url);
      return {
        click: (selector, text = "") =>
          page.locator(selector, { hasText: text }).first().click(),
        hover: (selector) => page.locator(selector).first().hover(),
        type: (text) => page.keyboard.type(text),
        press: (key) => page.keyboard.press(key),
        evaluate: (read) => page.evaluate(read),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** How each one is started; nothing comes where it is missing. */
const BROWSERS: [name: string, launch: () => Promise<Readers | undefined>][] = [
  ["Chromium", launchChromium],
  ["Firefox", launchFirefox],
];

/**
 * Declares the same tests for both browsers. Where one is missing, its tests
 * are skipped, and say so.
 *
 * @param tests gets what opens an address in the browser
 */
export function inEachBrowser(tests: (open: Readers["open"]) => void): void {
  describe.each(BROWSERS)("%s", (name, launch) => {
    let readers: Readers | undefined;
    beforeAll(async () => {
      readers = await launch();
    });
    afterAll(() => readers?.close());
    beforeEach(({ skip }) => {
      if (!readers) skip(`There is no ${name}: install it, or name it.`);
    });
    tests((...to) => readers!.open(...to));
  });
}
