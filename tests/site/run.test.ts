import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { LANGUAGES } from "../../src/book/languages.ts";
import { wordsOf } from "../../src/build/words.ts";
import { inBrowser } from "./in-browser.ts";
import { runButton, runnable, until } from "./running.ts";

/** What a press may load: little enough for one round trip more. */
const MOST_BYTES = 6 * 1024;
const PHONE = { width: 390, height: 800 };

const base = inject("base");
const open = inBrowser();

/** Adds up the bytes, gzip -9, of the site's files that are loaded from now. */
function weighWhatLoads(context: BrowserContext): () => number {
  // By address: each thread asks for the same files, and a cache has them.
  const paths = new Set<string>();
  context.on("response", (response) => {
    const { protocol, pathname } = new URL(response.url());
    if (protocol === "blob:" || pathname === `${base}/favicon.svg`) return;
    paths.add(pathname);
  });
  return () =>
    [...paths]
      .map((path) => readFileSync(inject("dist") + path.slice(base.length)))
      .reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

/** An example with threads needs the stand-in for them too. */
function mostBytes(slug: string): number {
  const source = readFileSync(`examples/${slug}.ts`, "utf8");
  return MOST_BYTES + (source.includes("node:worker_threads") ? 3072 : 0);
}

interface DrawnLane {
  name: string;
  /** Which variant of the run it belongs to. */
  variant: number;
  /** How many rows of bars that can be seen: several where spans overlap. */
  rows: number;
  /** Where its first bar or moment begins and its last ends, in % of the axis. */
  start: number;
  end: number;
}

/** A bar is at least 0.3 % wide, and a browser's clock goes in steps. */
const SLACK_PERCENT = 0.5;

/** What a drawing shows. */
function lanesOf(page: Page, drawing: string): Promise<DrawnLane[]> {
  return page.$eval(
    drawing,
    (svg, least) => {
      const names = [...svg.querySelectorAll(".name")];
      return names.map((text) => {
        const rects = [...text.parentElement!.querySelectorAll("rect")];
        const number = (rect: Element, name: string) =>
          parseFloat(rect.getAttribute(name)!);
        const starts = rects.map((rect) => number(rect, "x"));
        // A moment has no width on the axis.
        const ends = rects.map((rect) =>
          rect.hasAttribute("width")
            ? number(rect, "x") + number(rect, "width")
            : number(rect, "x"),
        );
        const groups = [...svg.querySelectorAll("g")];
        return {
          name: text.firstChild?.textContent ?? "",
          variant: groups.indexOf(text.closest("g")!),
          rows: Math.max(
            1,
            new Set(
              rects
                .filter((rect) => !(number(rect, "width") < least))
                .map((rect) => rect.getAttribute("y")),
            ).size,
          ),
          start: Math.min(...starts),
          end: Math.max(...ends),
        };
      });
    },
    SLACK_PERCENT,
  );
}

/** Which lanes of a variant are over before which others: "poll < timer". */
function orderOf(lanes: DrawnLane[], slack = 0): string[] {
  return lanes.flatMap((first) =>
    lanes
      .filter(
        (second) =>
          first.variant === second.variant &&
          first !== second &&
          first.end <= second.start + slack,
      )
      .map((second) => `${first.name} < ${second.name}`),
  );
}

describe.each(runnable)("%s runs on its page", (slug) => {
  test.each(LANGUAGES)(
    "in “%s”, with the lanes, overlaps and order of the recorded run",
    async (language) => {
      const viewport = language === "ko" ? PHONE : { width: 1280, height: 800 };
      const check = async (page: Page, context: BrowserContext) => {
        const loaded = weighWhatLoads(context);
        await runButton(page).focus();
        await page.keyboard.press("Enter");
        await until(page, wordsOf(language).run.ended);
        const tooMuch = `What Run loads for ${slug} is too heavy: draw fewer spans, or shorten the note's words.`;
        expect(loaded(), tooMuch).toBeLessThanOrEqual(mostBytes(slug));
        const output = await page.locator(".yours samp").innerText();
        expect(output.trim().split("\n").length).toBeGreaterThan(1);
        const recorded = await lanesOf(page, "svg.timeline");
        const yours = await lanesOf(page, ".yours svg.timeline");
        const names = (lanes: DrawnLane[]) =>
          new Set(lanes.map(({ name }) => name)).size;
        // A lane that needs Node's own modules may be missing, as it says.
        expect(names(yours)).toBeGreaterThanOrEqual(names(recorded) - 1);
        const both = recorded.filter(({ name }) =>
          yours.some((lane) => lane.name === name),
        );
        // A neighbour may get no turn in a variant while the machine stands still.
        const shapes = (lanes: DrawnLane[]) =>
          [
            ...new Set(lanes.map(({ name, rows }) => `${name}: ${rows}`)),
          ].sort();
        expect(shapes(yours)).toEqual(shapes(both));
        expect(orderOf(yours, SLACK_PERCENT)).toEqual(
          // Lanes that touch may change places: only clear orders count.
          expect.arrayContaining(orderOf(both, -SLACK_PERCENT)),
        );
        const [axis, other] = await page.$$eval("svg.timeline", (drawings) =>
          drawings.map(
            (svg) =>
              [...svg.querySelectorAll("text:not(.name)")].at(-1)?.textContent,
          ),
        );
        expect(other).toBe(axis);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(over).toBeLessThanOrEqual(0);
      };
      const errors = await open(`/${language}/${slug}/`, check, { viewport });
      expect(errors).toEqual([]);
    },
  );
});
