import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";
import { launchFirefox } from "../../src/browser/firefox.ts";
import { launchWebKit } from "../../src/browser/webkit.ts";

/** What a reader does, in any of the browsers. */
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

/**
 * It takes a screen, or Xvfb: GTK's Broadway server has -1 dots per inch, which
 * gives pages a negative width. Few have it, so a workflow asks for it weekly.
 */
async function launchWebKitIfAsked(): Promise<Readers | undefined> {
  if (process.env["WEBKIT_READS"] === undefined) return undefined;
  return {
    // A browser of its own for each.
    open: async (url, { width, height }) => {
      const hasScreen = process.env["DISPLAY"] !== undefined;
      const webkit =
        hasScreen &&
        (await launchWebKit({
          pageLoadStrategy: "normal",
          // WebKitGTK 2.50 has crashed at them, if not each time.
          args: ["--features=-CrossDocumentViewTransitions"],
        }));
      if (!webkit) {
        throw new Error("WEBKIT_READS takes WebKitGTK and a DISPLAY.");
      }
      await webkit.tab.resize(width, height);
      await webkit.tab.open(url);
      await webkit.tab.drawn();
      return webkit.tab;
    },
    close: () => Promise.resolve(),
  };
}

/** How each one is started; nothing comes where it is missing. */
const BROWSERS: [
  name: string,
  launch: () => Promise<Readers | undefined>,
  otherwise: string,
][] = [
  ["Chromium", launchChromium, "There is no Chromium: install it, or name it."],
  ["Firefox", launchFirefox, "There is no Firefox: install it, or name it."],
  [
    "WebKitGTK",
    launchWebKitIfAsked,
    "It reads where WEBKIT_READS is set, as once a week.",
  ],
];

/**
 * Declares the same tests for all browsers. Where one is missing, its tests
 * are skipped, and say so.
 *
 * @param tests gets what opens an address in the browser
 */
export function inEachBrowser(tests: (open: Readers["open"]) => void): void {
  describe.each(BROWSERS)("%s", (_, launch, otherwise) => {
    let readers: Readers | undefined;
    beforeAll(async () => {
      readers = await launch();
    });
    afterAll(() => readers?.close());
    beforeEach(({ skip }) => {
      if (!readers) skip(otherwise);
    });
    tests((...to) => readers!.open(...to));
  });
}
