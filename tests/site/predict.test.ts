/** A claim asks first: what is covered until then, and what opens it. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { wordsOf } from "../../src/build/words.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { builtPages, isNote, shownEvidence } from "./pages.ts";

const origin = inject("origin") + inject("base");
const notes = builtPages().filter(isNote);
const words = wordsOf("en").predict;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function open(
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(origin + path);
  await use(page);
  await context.close();
}

interface Claim {
  subject: number[];
  controls: Record<string, { figures: number[] }>;
}

/** The least and the greatest of the runs hold the middle between them. */
const within = (shown: number, figures: number[]) =>
  Math.min(...figures) * 0.995 <= shown &&
  shown <= Math.max(...figures) * 1.005;

describe.each(notes.map((note) => [note.path, note] as const))(
  "%s",
  (path, { document }) => {
    const questions = [...document.querySelectorAll("fieldset")];

    test("asks up to three times, with what subject and controls measured", () => {
      expect(questions.length).toBeLessThanOrEqual(3);
      const slug = path.split("/")[2]!;
      const { claims } = shownEvidence<{ claims: Record<string, Claim> }>(slug);
      for (const question of questions) {
        expect(question.querySelector("legend")!.textContent).toMatch(/\?\s*$/);
        const radios = [...question.querySelectorAll("[type=radio]")];
        expect(radios.length).toBeGreaterThanOrEqual(3);
        expect(radios.length).toBeLessThanOrEqual(4);
        const id = radios[0]!.getAttribute("name")!;
        const shown = radios.map(({ parentElement }) =>
          Number.parseFloat(parentElement!.textContent!.replace(",", "")),
        );
        expect(shown).toEqual(shown.toSorted((a, b) => a - b));
        const { subject, controls } = claims[id]!;
        const measured = [
          subject,
          ...Object.values(controls).map(({ figures }) => figures),
        ];
        for (const figures of measured) {
          expect(
            shown.some((figure) => within(figure, figures)),
            id,
          ).toBe(true);
        }
        const verdicts = radios.map(({ parentElement }) =>
          parentElement!.querySelector("small")!,
        );
        const { right } = wordsOf(
          path.startsWith("/ko/") ? "ko" : "en",
        ).predict;
        const yes = verdicts.findIndex(
          ({ textContent }) => textContent === right,
        );
        expect(within(shown[yes]!, subject), id).toBe(true);
        // What is covered is the paragraph that follows.
        const below = question.nextElementSibling!;
        expect(below.querySelector(`#claim-${id}`), id).not.toBeNull();
        expect(below.querySelector(`#claim-${id} + .proof`), id).not.toBeNull();
      }
    });
  },
);

const CLAIM = "#claim-keeps-the-thread";
const COVERED = [
  CLAIM,
  "#claim-keeps-the-thread + .proof",
  ".example > .part:not(.yours) svg.timeline",
  ".example > .part:not(.yours) samp",
];
const seen = (page: Page) =>
  Promise.all(COVERED.map((selector) => page.locator(selector).isVisible()));
const ALL = COVERED.map(() => true);
const NONE = COVERED.map(() => false);
const PATH = "/en/busy-wait/";

describe.each([true, false])("with JavaScript: %s", (javaScriptEnabled) => {
  const options = { javaScriptEnabled };

  test("claim, proof, output and timeline are covered until an answer is chosen", async () => {
    await open(PATH, options, async (page) => {
      expect(await seen(page)).toEqual(NONE);
      expect(await page.locator(".example > details").isVisible()).toBe(true);
      const { covered } = wordsOf("en").example;
      const why = page.getByText(covered);
      expect(await why.isVisible()).toBe(true);
      const verdicts = page.locator("fieldset small");
      const shown = () => verdicts.locator("visible=true").allInnerTexts();
      expect(await shown()).toEqual([]);

      await page.locator("fieldset [type=radio]").nth(1).focus();
      await page.keyboard.press("Space");
      expect(await seen(page)).toEqual(ALL);
      expect(await shown()).toEqual([
        words.control.replace("{names}", "timer"),
      ]);
      await page.keyboard.press("ArrowUp");
      expect(await shown()).toEqual([words.right]);
      expect(await seen(page)).toEqual(ALL);
    });
  });

  test("a question of its own stays covered when another is answered", async () => {
    await open("/en/event-loop/", options, async (page) => {
      const [first, second] = ["waits-for-the-call", "microtasks-first"].map(
        (id) => page.locator(`#claim-${id}`),
      );
      const answer = page.locator("fieldset").first().locator("[type=radio]");
      await answer.first().check();
      expect(await first!.isVisible()).toBe(true);
      expect(await second!.isVisible()).toBe(false);
      await page.getByLabel(words.all).check();
      expect(await second!.isVisible()).toBe(true);
    });
  });

  test("all of it is there in print, and for who comes for the claim", async () => {
    await open(PATH, options, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await seen(page)).toEqual(ALL);
      expect(await page.locator("fieldset").isVisible()).toBe(false);
    });
    await open(PATH + CLAIM, options, async (page) => {
      expect(await page.locator(CLAIM).isVisible()).toBe(true);
      const { y } = (await page.locator(CLAIM).boundingBox())!;
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(720);
    });
  });
});

test("“show all” is remembered from note to note, until it is taken back", async () => {
  await open(PATH, {}, async (page) => {
    const box = page.getByLabel(words.all);
    await box.focus();
    await page.keyboard.press("Space");
    expect(await seen(page)).toEqual(ALL);

    await page.goto(`${origin}/en/event-loop/`);
    const claim = page.locator("#claim-microtasks-first");
    expect(await claim.isVisible()).toBe(true);
    expect(await box.isChecked()).toBe(true);
    await box.uncheck();
    expect(await claim.isVisible()).toBe(false);

    await page.goto(origin + PATH);
    expect(await seen(page)).toEqual(NONE);
  });
});

test("what a reader runs is not covered", async () => {
  await open(PATH, {}, async (page) => {
    await page.locator("[data-press=run]").click();
    await page.locator(".yours svg.timeline").waitFor({ state: "visible" });
    expect(await seen(page)).toEqual(NONE);
  });
});
