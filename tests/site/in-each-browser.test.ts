import { expect, inject, test } from "vitest";
import { wordsOf } from "../../src/build/words.ts";
import { inEachBrowser } from "./readers.ts";

const PHONE = { width: 390, height: 800 };
/** Too narrow for footnotes in the margin. */
const LAPTOP = { width: 1100, height: 800 };

const words = wordsOf("en");
const addressOf = (slug: string) =>
  `${inject("origin")}${inject("base")}/en/${slug}/`;

inEachBrowser((open) => {
  test("a claim is proven on its page", async () => {
    const reader = await open(addressOf("race"), LAPTOP);
    await reader.click("[data-press=prove]:not([data-claim])");
    const verdicts = () =>
      reader.evaluate(() =>
        [...document.querySelectorAll(".part.here li")].map(
          (item) => item.textContent[0],
        ),
      );
    await expect.poll(verdicts, { timeout: 40_000 }).toContain("✓");
    await reader.close();
  }, 60_000);

  test("an example runs on its page, and again", async () => {
    const reader = await open(addressOf("busy-wait"), LAPTOP);
    const run = () =>
      reader.evaluate(() => ({
        button: document.querySelector("[data-press=run]")!.textContent,
        status: document.querySelector(".yours [role=status]")?.textContent,
        lanes: [...document.querySelectorAll(".yours svg.timeline")].map(
          (svg) => svg.querySelectorAll(".name").length,
        ),
      }));
    await reader.click("[data-press=run]");
    await expect.poll(run).toHaveProperty("status", words.run.ended);
    const { lanes } = await run();
    expect(lanes).toHaveLength(1);
    expect(lanes[0]).toBeGreaterThan(2);
    const drawnAfterPress = async () => {
      const { button, lanes } = await run();
      // Right after its end a run does not start again, and a press while it
      // goes on would stop it. The focus is on the button beside the drawing.
      if (lanes.length < 2 && button === words.run.start) {
        await reader.press("Enter");
      }
      return lanes.length;
    };
    await expect.poll(drawnAfterPress).toBe(2);
    await expect.poll(run).toHaveProperty("status", words.run.ended);
    await reader.close();
  });

  test("a footnote opens on hover and by a press, and Escape closes it", async () => {
    const reader = await open(addressOf("busy-wait"), LAPTOP);
    const isOpen = () =>
      reader.evaluate(() =>
        document.querySelector("span.footnote")!.matches(":popover-open"),
      );
    expect(await isOpen()).toBe(false);
    await reader.hover(".ref");
    await expect.poll(isOpen).toBe(true);
    await reader.hover("h1");
    await expect.poll(isOpen).toBe(false);
    await reader.click(".ref");
    await expect.poll(isOpen).toBe(true);
    await reader.press("Escape");
    await expect.poll(isOpen).toBe(false);
    await reader.close();
  });

  test("a link to another note previews it on hover", async () => {
    const reader = await open(addressOf("busy-wait"), LAPTOP);
    const title = () =>
      reader.evaluate(
        () => document.querySelector(".preview:popover-open b")?.textContent,
      );
    expect(await title()).toBeFalsy();
    await reader.hover("main p > a[href*='/event-loop/']");
    await expect.poll(title).toBe("Event loop");
    await reader.close();
  });

  test("a search leads from the key to the note", async () => {
    const reader = await open(addressOf("http"), LAPTOP);
    const first = () =>
      reader.evaluate(() => document.querySelector("dialog li a")?.textContent);
    await reader.press("/");
    await reader.type("busy waiting");
    await expect.poll(first).toContain("Busy wait");
    await reader.press("Enter");
    await expect
      .poll(() => reader.evaluate(() => location.href))
      .toBe(addressOf("busy-wait"));
    await reader.close();
  });

  test("a theme that was chosen is the next page's too", async () => {
    const reader = await open(addressOf("busy-wait"), LAPTOP);
    const page = () =>
      reader.evaluate(() => ({
        url: location.href,
        theme: document.documentElement.dataset["theme"],
        chosen:
          document.querySelector<HTMLSelectElement>("select[data-theme]")!
            .value,
      }));
    expect((await page()).chosen).toBe("");
    await reader.evaluate(() => {
      const field =
        document.querySelector<HTMLSelectElement>("select[data-theme]")!;
      field.value = "dark";
      field.dispatchEvent(new Event("change"));
    });
    await reader.click("main p > a[href*='/event-loop/']");
    await expect.poll(page).toEqual({
      url: addressOf("event-loop"),
      theme: "dark",
      chosen: "dark",
    });
    await reader.close();
  });

  test("on a phone the notes close behind a link to a heading", async () => {
    const reader = await open(addressOf("busy-wait"), PHONE);
    const page = () =>
      reader.evaluate(() => {
        const heading = document.querySelector(":target");
        const {
          x = 0,
          y = 0,
          height = 0,
        } = heading?.getBoundingClientRect() ?? {};
        const seen = document.elementFromPoint(x + 1, y + height / 2);
        return {
          isOpen: document.querySelector("#nav")!.matches(":popover-open"),
          isThere: heading !== null && heading.contains(seen),
        };
      });
    await reader.click(".menu");
    await expect.poll(page).toEqual({ isOpen: true, isThere: false });
    await reader.click("#nav a[href^='#']");
    await expect.poll(page).toEqual({ isOpen: false, isThere: true });
    await reader.close();
  });
});
