import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import { LANGUAGES, otherLanguage } from "../../src/book/languages.ts";
import type { Language } from "../../src/book/languages.ts";
import { wordsOf } from "../../src/build/words.ts";
import { launchBrowser } from "../../src/browser/browser.ts";

const WIDE = { width: 1440, height: 900 };
const TABLET = { width: 820, height: 900 };
const PHONE = { width: 360, height: 740 };

const origin = inject("origin") + inject("base");

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Opens a page, hands it over, and expects nothing to go wrong in it. */
async function open(
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(origin + path);
    await use(page);
  } finally {
    await context.close();
  }
  expect(complaints).toEqual([]);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;
const scheme = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

describe("a footnote", () => {
  const REFERENCE = ".ref >> nth=0";
  const NOTE = "span.footnote >> nth=0";

  test("stands in the margin beside its reference on a wide screen", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const options = { viewport: WIDE, javaScriptEnabled };
      await open("/ko/busy-wait/", options, async (page) => {
        const note = (await page.locator(NOTE).boundingBox())!;
        const reference = (await page.locator(REFERENCE).boundingBox())!;
        expect(note.x).toBeGreaterThan(reference.x + reference.width);
        expect(Math.abs(note.y - reference.y)).toBeLessThan(60);
      });
    }
  });

  test.each([
    ["a phone", PHONE],
    ["a tablet", TABLET],
  ])("opens in place on %s, without JavaScript too", async (_, viewport) => {
    for (const javaScriptEnabled of [true, false]) {
      const options = { viewport, javaScriptEnabled, hasTouch: true };
      await open("/en/busy-wait/", options, async (page) => {
        const note = page.locator(NOTE);
        expect(await note.isVisible()).toBe(false);
        await page.locator(REFERENCE).tap();
        await note.waitFor({ state: "visible" });
        const box = (await note.boundingBox())!;
        const reference = (await page.locator(REFERENCE).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
        expect(Math.abs(box.y - reference.y)).toBeLessThan(viewport.height / 3);
        await page.keyboard.press("Escape");
        await note.waitFor({ state: "hidden" });
      });
    }
  });

  test("opens on hover and on focus, and by the keyboard", async () => {
    await open("/ko/busy-wait/", { viewport: TABLET }, async (page) => {
      const note = page.locator(NOTE);
      await page.locator(REFERENCE).hover();
      await note.waitFor({ state: "visible" });
      await page.mouse.move(0, 0);
      await note.waitFor({ state: "hidden" });
      await page.keyboard.press("Tab");
      await page.locator(REFERENCE).focus();
      await note.waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await note.waitFor({ state: "hidden" });
      await page.keyboard.press("Enter");
      await note.waitFor({ state: "visible" });
    });
  });

  test("stays when its number is pressed, and goes with the next press", async () => {
    await open("/ko/busy-wait/", { viewport: TABLET }, async (page) => {
      const note = page.locator(NOTE);
      await page.locator(REFERENCE).hover();
      await note.waitFor({ state: "visible" });
      await page.locator(REFERENCE).click();
      await page.mouse.move(0, 0);
      await page.waitForTimeout(400);
      expect(await note.isVisible()).toBe(true);
      await page.locator(REFERENCE).click();
      await note.waitFor({ state: "hidden" });
    });
  });

  test("keeps its place in the margin when its number is pressed", async () => {
    await open("/ko/busy-wait/", { viewport: WIDE }, async (page) => {
      const before = await page.locator(NOTE).boundingBox();
      await page.keyboard.press("Tab");
      await page.locator(REFERENCE).focus();
      // Till what listens to it is there: an Enter before would be the browser's.
      await page.locator(".preview").waitFor({ state: "attached" });
      await page.keyboard.press("Enter");
      await page.waitForTimeout(400);
      expect(await page.locator(NOTE).boundingBox()).toEqual(before);
    });
  });

  test("is printed at the foot, once", async () => {
    await open("/en/busy-wait/", { viewport: WIDE }, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(NOTE).isVisible()).toBe(false);
      expect(await page.locator(".footnotes li").first().isVisible()).toBe(
        true,
      );
      expect(await page.locator(REFERENCE).isVisible()).toBe(true);
    });
  });
});

describe("a link to another note", () => {
  const LINK = "main p > a[href*='/idle-wait/'] >> nth=0";

  test.each(["hover", "focus"] as const)("previews it on %s", async (how) => {
    await open("/en/busy-wait/", { viewport: WIDE }, async (page) => {
      const definition = await page
        .context()
        .request.get(`${origin}/en/idle-wait/`)
        .then((response) => response.text())
        .then((html) => /name="description" content="([^"]+)"/.exec(html)![1]!);
      await page.locator(LINK)[how]();
      const preview = page.locator(".preview");
      await preview.waitFor({ state: "visible" });
      expect(await preview.innerText()).toContain(definition);
      const box = (await preview.boundingBox())!;
      const link = (await page.locator(LINK).boundingBox())!;
      const below = box.y - (link.y + link.height);
      const above = link.y - (box.y + box.height);
      expect(Math.max(below, above)).toBeLessThan(40);
      await page.keyboard.press("Escape");
      await preview.waitFor({ state: "hidden" });
    });
  });

  test("lets the pointer enter the preview, and closes it behind it", async () => {
    await open("/ko/busy-wait/", { viewport: WIDE }, async (page) => {
      await page.locator(LINK).hover();
      const preview = page.locator(".preview");
      await preview.hover();
      await page.waitForTimeout(400);
      expect(await preview.isVisible()).toBe(true);
      await page.mouse.move(0, 0);
      await preview.waitFor({ state: "hidden" });
    });
  });
});

describe("the theme", () => {
  test("is the system's until the reader chooses, and then the reader's", async () => {
    const options = { colorScheme: "dark" as const };
    await open("/en/latency/", options, async (page) => {
      expect(await scheme(page)).toBe("light dark");
      await page.getByLabel(wordsOf("en").theme.label).selectOption("light");
      expect(await scheme(page)).toBe("light");
      await page.reload();
      expect(await scheme(page)).toBe("light");
      await page.getByLabel(wordsOf("en").theme.label).selectOption("");
      await page.reload();
      expect(await scheme(page)).toBe("light dark");
    });
  });

  test("is there before anything is painted", async () => {
    await open("/ko/latency/", {}, async (page) => {
      await page.evaluate(() => (localStorage["theme"] = "dark"));
      // The parser has not come to the body when the head's script has run.
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          observer.disconnect();
          Object.assign(globalThis, {
            themeAtBody: document.documentElement.dataset["theme"],
          });
        }).observe(document, { childList: true, subtree: true });
      });
      await page.reload();
      expect(
        await page.evaluate(
          () => (globalThis as { themeAtBody?: string }).themeAtBody,
        ),
      ).toBe("dark");
    });
  });

  test("can be chosen where storage is forbidden", async () => {
    await open("/en/latency/", {}, async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(globalThis, "localStorage", {
          get() {
            throw new DOMException("forbidden", "SecurityError");
          },
        });
      });
      await page.reload();
      await page.getByLabel(wordsOf("en").theme.label).selectOption("dark");
      expect(await scheme(page)).toBe("dark");
    });
  });
});

describe("the language", () => {
  const switchFrom = (page: Page, language: Language) =>
    // Playwright's click would scroll the page, to bring the bar into view.
    page
      .getByRole("link", { name: wordsOf(language).otherLanguage })
      .evaluate((link: HTMLElement) => link.click());

  test.each(LANGUAGES)(
    "switches from “%s” and keeps note and heading",
    async (language) => {
      const other = otherLanguage(language);
      await open(`/${language}/latency/`, {}, async (page) => {
        const third = page.locator("main h2[id] >> nth=2");
        await third.evaluate((heading) => heading.scrollIntoView());
        await switchFrom(page, language);
        await page.waitForURL((url) =>
          url.pathname.endsWith(`/${other}/latency/`),
        );
        const id = await page
          .locator("main h2[id] >> nth=2")
          .getAttribute("id");
        await expect
          .poll(() => decodeURIComponent(new URL(page.url()).hash))
          .toBe(`#${id}`);
        const top = () =>
          page
            .locator("main h2[id] >> nth=2")
            .evaluate((heading) => heading.getBoundingClientRect().top);
        await expect.poll(top).toBeLessThan(WIDE.height / 2);
      });
    },
  );

  test("is remembered for the site's first page", async () => {
    await open("/ko/", {}, async (page) => {
      await page.goto(`${origin}/ko/latency/`);
      await switchFrom(page, "ko");
      await page.waitForURL("**/en/latency/**");
      await page.goto(`${origin}/`);
      await page.waitForURL("**/en/");
    });
  });
});

describe("the site's first page", () => {
  test.each([
    ["ko-KR", "/ko/"],
    ["en-GB", "/en/"],
    ["fr-FR", "/"],
  ])("is the home page in the reader's language: %s", async (locale, path) => {
    await open("/", { locale }, async (page) => {
      await page.waitForURL(`**${inject("base")}${path}`);
    });
  });

  test("offers both languages without JavaScript", async () => {
    await open("/", { javaScriptEnabled: false }, async (page) => {
      expect(pathOf(page)).toBe(`${inject("base")}/`);
      for (const language of LANGUAGES) {
        const link = page.locator(`h2 a[hreflang="${language}"]`);
        expect(await link.isVisible()).toBe(true);
      }
    });
  });
});

describe("the keyboard", () => {
  test("leads to the next note and back, where no field has focus", async () => {
    // Keys come faster than a change of pages ends, which the browser then says.
    const options = { reducedMotion: "reduce" } as const;
    await open("/ko/asynchronous/", options, async (page) => {
      await page.keyboard.press("j");
      await page.waitForURL("**/ko/blocking/");
      await page.keyboard.press("ArrowLeft");
      await page.waitForURL("**/ko/asynchronous/");
      await page.keyboard.press("k");
      await page.waitForURL("**/ko/synchronous/");
      // The first note has none before it.
      await page.keyboard.press("k");
      await page.getByLabel(wordsOf("ko").theme.label).focus();
      await page.keyboard.press("j");
      await page.locator(".example summary").click();
      const listing = page.locator(".example details pre");
      await listing.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Control+j");
      await page.waitForTimeout(300);
      expect(pathOf(page)).toMatch(/\/ko\/synchronous\/$/);
      await listing.blur();
      await page.keyboard.press("ArrowRight");
      await page.waitForURL("**/ko/asynchronous/");
    });
  });

  test("knows the letters' places with Korean input on", async () => {
    await open("/ko/asynchronous/", {}, async (page) => {
      const press = (key: string, code: string) =>
        page.evaluate(
          (init) => {
            const event = new KeyboardEvent("keydown", {
              ...init,
              bubbles: true,
            });
            document.body.dispatchEvent(event);
          },
          { key, code },
        );
      await press("ㅓ", "KeyJ");
      await page.waitForURL("**/ko/blocking/");
      await press("Process", "KeyK");
      await page.waitForURL("**/ko/asynchronous/");
    });
  });

  test("of single letters can be turned off, and on again", async () => {
    const options = { reducedMotion: "reduce" } as const;
    await open("/en/asynchronous/", options, async (page) => {
      const box = page.getByLabel(wordsOf("en").search.keys);
      await page.keyboard.press("/");
      await box.uncheck();
      await page.keyboard.press("Escape");
      await page.keyboard.press("/");
      await page.keyboard.press("j");
      await page.waitForTimeout(300);
      expect(pathOf(page)).toMatch(/\/en\/asynchronous\/$/);
      expect(await box.isVisible()).toBe(false);

      await page.keyboard.press("Control+k");
      await box.check();
      await page.keyboard.press("Control+k");
      expect(await box.isVisible()).toBe(false);
      // Closed, the dialog has the focus for a moment more.
      await page.waitForFunction(
        () => !document.activeElement!.closest("dialog"),
      );
      await page.keyboard.press("j");
      await page.waitForURL("**/en/blocking/");
    });
  });
});

describe("on the way to the next page", () => {
  test("a link is fetched while the pointer rests on it", async () => {
    await open("/ko/busy-wait/", { viewport: WIDE }, async (page) => {
      const asked: string[] = [];
      page.context().on("request", (request) => {
        if (request.headers()["sec-purpose"]?.startsWith("prefetch")) {
          asked.push(new URL(request.url()).pathname);
        }
      });
      const seen = () => asked.join();
      await page.locator("#nav a[href$='/ko/idle-wait/']").hover();
      await expect.poll(seen).toMatch(/\/ko\/idle-wait\/$/);
    });
  });

  test.each(["no-preference", "reduce"] as const)(
    "the pages change over only where motion is welcome: %s",
    async (reducedMotion) => {
      await open("/en/busy-wait/", { reducedMotion }, async (page) => {
        await page.addInitScript(() => {
          addEventListener("pagereveal", (event) => {
            const { viewTransition } = event as PageRevealEvent;
            Object.assign(globalThis, { moved: viewTransition !== null });
          });
        });
        await page.locator("[rel=next]").click();
        await page.waitForURL("**/en/idle-wait/");
        const moved = () =>
          page.evaluate(() => (globalThis as { moved?: boolean }).moved);
        await expect.poll(moved).toBe(reducedMotion === "no-preference");
      });
    },
  );
});

describe("the list of claims", () => {
  test("shows those that have every word, of whichever note, and all again", async () => {
    await open("/en/claims/", { viewport: WIDE }, async (page) => {
      const claims = page.locator(".all-claims li:visible");
      const all = await claims.count();
      const filter = page.getByRole("searchbox");
      await filter.fill("FastAPI pool");
      const shown = await claims.allTextContents();
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThan(all / 4);
      // “FastAPI” stands in the note's title, or else in the claim.
      const title = page.locator("section:visible h2");
      expect((await title.allTextContents())[0]).toContain("FastAPI");
      for (const text of shown) expect(text.toLowerCase()).toContain("pool");
      expect(await page.getByRole("status").textContent()).toBe(
        `${shown.length} of ${all} claims`,
      );
      await filter.fill("");
      expect(await claims.count()).toBe(all);
      expect(await page.getByRole("status").textContent()).toBe("");
    });
  });

  test("has no filter that does nothing without JavaScript", async () => {
    const options = { viewport: WIDE, javaScriptEnabled: false };
    await open("/en/claims/", options, async (page) => {
      expect(await page.getByRole("searchbox").count()).toBe(0);
      expect(await page.locator(".all-claims li:visible").count()).toBe(
        await page.locator(".all-claims li").count(),
      );
    });
  });
});

test("the map shows the lines of the note that is pointed at, or has focus", async () => {
  const options = { viewport: WIDE, javaScriptEnabled: false };
  await open("/en/map/", options, async (page) => {
    const box = page.locator('svg.map a[href$="/race/"]');
    const lines = box.locator("path");
    const areShown = () =>
      lines.evaluateAll((paths) =>
        paths.map((path) => getComputedStyle(path).display !== "none"),
      );
    expect(new Set(await areShown())).toEqual(new Set([false]));
    await box.hover();
    expect(new Set(await areShown())).toEqual(new Set([true]));
    await page.mouse.move(0, 0);
    expect(new Set(await areShown())).toEqual(new Set([false]));
    await page.locator('svg.map a[href$="/race/"]').focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    expect(new Set(await areShown())).toEqual(new Set([true]));
  });
});

test("the list of sections marks the one in view, without JavaScript too", async () => {
  const options = { viewport: WIDE, javaScriptEnabled: false };
  await open("/en/busy-wait/", options, async (page) => {
    const headings = page.locator("main h2[id]");
    const heading = headings.nth(2);
    await heading.evaluate((element) => element.scrollIntoView());
    const text = (await heading.textContent())!.trim();
    // A little further each time: a scroll before the first frame, or one that
    // ends half a pixel short, marks nothing yet.
    const marked = () =>
      page.evaluate(() => {
        scrollBy(0, 1);
        const links = document.querySelectorAll(".parts a:target-current");
        return [...links].map((link) => link.textContent.trim());
      });
    await expect.poll(marked).toEqual([text]);
  });
});

describe("the notes on a phone", () => {
  test("open as a sheet without JavaScript, and close with Escape", async () => {
    const options = { viewport: PHONE, javaScriptEnabled: false };
    await open("/ko/busy-wait/", options, async (page) => {
      const link = page.locator("#nav a[href$='/ko/synchronous/']");
      expect(await link.isVisible()).toBe(false);
      await page.locator(".menu").click();
      await link.waitFor({ state: "visible" });
      // Down to the foot of the window: nothing of the note shows below.
      const { y, height } = (await page.locator("#nav").boundingBox())!;
      expect(y + height).toBe(PHONE.height);
      await page.keyboard.press("Escape");
      await link.waitFor({ state: "hidden" });
      await page.locator(".menu").click();
      await link.click();
      await page.waitForURL("**/ko/synchronous/");
    });
  });

  test("keep a claim in its place", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const options = { viewport: PHONE, javaScriptEnabled };
      const path = "/en/concurrency/";
      await open(`${path}#claim-computes-alone`, options, async (page) => {
        const claim = page.locator("#claim-computes-alone");
        const y = async () => (await claim.boundingBox())!.y;
        const before = await y();
        expect(before).toBeGreaterThan(0);
        expect(before).toBeLessThan(PHONE.height / 2);
        // What lies above becomes known as it comes near.
        await page.mouse.wheel(0, -PHONE.height);
        await expect.poll(y).toBeCloseTo(before + PHONE.height, -1);
        await page.mouse.wheel(0, PHONE.height);
        await expect.poll(y).toBeCloseTo(before, -1);
      });
    }
  });

  test("make way for the heading that was asked for", async () => {
    await open("/en/busy-wait/", { viewport: PHONE }, async (page) => {
      await page.locator(".menu").click();
      const link = page.locator("#nav ul ul a").nth(1);
      const id = (await link.getAttribute("href"))!.slice(1);
      await link.click();
      await link.waitFor({ state: "hidden" });
      const { y } = (await page.locator(`[id="${id}"]`).boundingBox())!;
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(PHONE.height);
    });
  });
});

describe.each(LANGUAGES)("the first screen in “%s”", (language) => {
  const options = { viewport: WIDE, javaScriptEnabled: false };
  const { homePage } = wordsOf(language);

  test("asks, and answers with two runs on one axis and a claim with its proof", async () => {
    await open(`/${language}/`, options, async (page) => {
      const drawings = page.locator(".pair svg.timeline");
      const proof = page.locator(".proof");
      expect(await drawings.count()).toBe(2);
      expect(await drawings.nth(0).isVisible()).toBe(true);
      expect(await drawings.nth(1).isVisible()).toBe(false);
      expect(await proof.isVisible()).toBe(false);
      const told = page.locator("dd > span");
      expect(await told.count()).toBe(2);
      expect(await told.filter({ visible: true }).count()).toBe(0);
      await page.locator("fieldset [type=radio]").last().check();
      const boxes = await Promise.all(
        [drawings.nth(0), drawings.nth(1), proof].map((element) =>
          element.boundingBox(),
        ),
      );
      for (const box of boxes) {
        expect(box!.y + box!.height).toBeLessThan(WIDE.height);
      }
      expect(boxes[0]!.y).toBe(boxes[1]!.y);
      const [inTurn, together] = await drawings.evaluateAll((all) =>
        all.map((svg) => ({
          axis: [...svg.querySelectorAll("text:not(.name)")].at(-1)!
            .textContent,
          starts: [...svg.querySelectorAll("rect")].map((rect) =>
            parseFloat(rect.getAttribute("x")!),
          ),
        })),
      );
      expect(together!.axis).toBe(inTurn!.axis);
      expect(inTurn!.starts).toHaveLength(3);
      expect(Math.max(...together!.starts)).toBeLessThan(inTurn!.starts[1]!);
    });
  });

  test("runs both ways on the reader's machine, and judges the claim", async () => {
    await open(`/${language}/`, {}, async (page) => {
      const run = page.getByRole("button", { name: homePage.run });
      await run.press("Enter");
      await page.getByText(homePage.holds).waitFor();
      const widths = await page
        .locator(".pair svg.timeline")
        .evaluateAll((all) =>
          all.map((svg) =>
            [...svg.querySelectorAll("rect")].reduce(
              (most, rect) =>
                Math.max(
                  most,
                  parseFloat(rect.getAttribute("x")!) +
                    parseFloat(rect.getAttribute("width")!),
                ),
              0,
            ),
          ),
        );
      // The longest of the three takes half of all three.
      expect(widths[1]!).toBeLessThan(widths[0]!);
      expect(await page.locator(".pair svg.timeline").nth(1).isVisible()).toBe(
        true,
      );
      expect(await run.isEnabled()).toBe(true);
    });
  });

  test("says where to begin, and leads to an easy note first", async () => {
    await open(`/${language}/`, options, async (page) => {
      const path = page.locator("main li", { hasText: homePage.fastapi });
      const hrefs = await path
        .locator("a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      const slugs = hrefs.map((href) => href!.split("/").at(-2));
      expect(slugs).toEqual([
        "synchronous",
        "asynchronous",
        "event-loop",
        "fastapi",
        "cpu-bound",
      ]);
      const whole = page.locator("main li", { hasText: String(SLUGS.length) });
      await whole.locator("a").click();
      await page.waitForURL(`**/${language}/synchronous/`);
    });
  });
});

test("in forced colours a claim has the colour of the text", async () => {
  const options = { forcedColors: "active", colorScheme: "dark" } as const;
  await open("/en/busy-wait/", options, async (page) => {
    const colour = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    expect(await colour(".claim")).toBe(await colour("main > p"));
  });
});

test.each([
  ["/en/no-such/", "en"],
  ["/ko/no-such/", "ko"],
  ["/no-such/", "ko"],
] as const)(
  "%s is no page, which is said in “%s” first",
  async (path, first) => {
    const page = await browser.newPage();
    await page.goto(origin + path);
    const { title } = wordsOf(first).notFound;
    expect(await page.locator("main h2").first().textContent()).toBe(title);
    expect(await page.locator("html").getAttribute("lang")).toBe(first);
    expect(await page.title()).toContain(title);
    await page.close();
  },
);
