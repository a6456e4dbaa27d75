import { expect, inject, test } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";
import { coldLoad } from "../../src/commands/bench/cold-load.ts";

test("a note is one response, and painted before anything else is asked for", async () => {
  const browser = await launchBrowser();
  try {
    const note = `${inject("origin")}${inject("base")}/ko/busy-wait/`;
    const { requests, firstPaint, largestPaint } = await coldLoad(
      browser,
      note,
    );
    expect(requests).toBe(1);
    expect(firstPaint).toBeGreaterThan(0);
    expect(largestPaint).toBeGreaterThanOrEqual(firstPaint);
  } finally {
    await browser.close();
  }
});
