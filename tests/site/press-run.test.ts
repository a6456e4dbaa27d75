import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { LANGUAGES } from "../../src/book/languages.ts";
import { SLUGS } from "../../src/book/parts.ts";
import { wordsOf } from "../../src/build/words.ts";
import { inBrowser } from "./in-browser.ts";
import { runButton, runnable, status, until, where } from "./running.ts";
import { letStrangerIn, REFUSED } from "./stranger.ts";

/** For so long after its end a run does not start again. */
const DEAF_MS = 400;

const words = wordsOf("en").run;
const open = inBrowser();

describe("an example that goes wrong leaves the page usable", () => {
  const EXAMPLE = /\/examples\/busy-wait\.js$/;
  const swap = async (context: BrowserContext, main: string) => {
    await context.route(EXAMPLE, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        headers: { "cross-origin-embedder-policy": "require-corp" },
        body: `export function main() { ${main} }`,
      }),
    );
  };
  test.each([
    {
      what: "throws",
      main: 'console.log("before"); throw new Error("out of order");',
      says: "The example failed: Error: out of order",
      prints: "before",
    },
    {
      what: "hangs",
      main: 'console.log("before"); for (;;);',
      says: words.hung,
      prints: "before",
    },
    {
      what: "floods the console",
      main: "for (let n = 0; n < 20_000; n++) console.log(n);",
      says: words.flooded,
      prints: "9999",
    },
  ])("when it $what", async ({ main, says, prints }) => {
    await open("/en/busy-wait/", async (page, context) => {
      await swap(context, main);
      await runButton(page).press("Enter");
      await until(page, says);
      expect(await page.locator(".yours samp").textContent()).toContain(prints);
      await context.unroute(EXAMPLE);
      expect(await runButton(page).innerText()).toBe(words.start);
      // The button still works.
      await page.waitForTimeout(DEAF_MS);
      await runButton(page).press("Enter");
      await until(page, words.ended);
    });
  });
});

describe("what does not load is told of, and loads when pressed again", () => {
  const alert = (page: Page) => page.locator("header > [role=alert]");

  test.each(LANGUAGES)("offline, in “%s”", async (language) => {
    const { start, ended } = wordsOf(language).run;
    await open(`/${language}/busy-wait/`, async (page, context) => {
      await context.setOffline(true);
      for (let press = 0; press < 2; press++) {
        await runButton(page).press("Enter");
        await alert(page).waitFor();
      }
      expect(await alert(page).innerText()).toBe(wordsOf(language).notLoaded);
      expect(await runButton(page).innerText()).toBe(start);
      expect(await runButton(page).getAttribute("aria-busy")).toBeNull();
      await context.setOffline(false);
      await runButton(page).press("Enter");
      await until(page, ended);
      expect(await alert(page).count()).toBe(0);
    });
  });

  test.each([
    ["the code", /run-panel/, { status: 404 }],
    ["the data", /run\.json$/, { status: 404 }],
  ])("where %s does not come", async (_, file, answer) => {
    await open("/en/busy-wait/", async (page, context) => {
      await context.route(file, (route) => route.fulfill(answer));
      await runButton(page).press("Enter");
      await alert(page).waitFor();
      await context.unroute(file);
      await runButton(page).press("Enter");
      await until(page, words.ended);
    });
  });

  test("where the worker does not come, after all else has", async () => {
    await open("/en/busy-wait/", async (page, context) => {
      await context.route(/run-worker/, (route) => route.abort());
      await runButton(page).press("Enter");
      await until(page, wordsOf("en").notLoaded);
      expect(await runButton(page).innerText()).toBe(words.start);
      await context.unroute(/run-worker/);
      await runButton(page).press("Enter");
      await until(page, words.ended);
    });
  });
});

test("two clicks while it loads make one panel, and one run", async () => {
  await open("/en/busy-wait/", async (page, context) => {
    let answer = () => {};
    const held = new Promise<void>((done) => (answer = done));
    await context.route(/run\.json$/, async (route) => {
      await held;
      await route.continue();
    });
    const busy = await runButton(page).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
      return button.ariaBusy;
    });
    expect(busy).toBe("true");
    answer();
    await until(page, words.ended);
    expect(await page.locator(".yours").count()).toBe(1);
    expect(await page.locator(".yours svg.timeline").count()).toBe(1);
  });
});

// WebKit refuses the module of a worker after a 304 without isolation.
test("no run asks for a worker that a cache may revalidate", async () => {
  await open("/en/busy-wait/", async (page, context) => {
    const asked: string[] = [];
    context.on("request", (request) => {
      if (request.url().includes("run-worker")) asked.push(request.url());
    });
    for (const runs of [1, 2]) {
      await runButton(page).press("Enter");
      await until(page, words.ended);
      // Right after its end a run does not start again.
      await page.waitForTimeout(500);
      expect(new Set(asked).size).toBe(runs);
    }
  });
});

test("Stop ends a run, and the next one starts afresh", async () => {
  await open("/en/busy-wait/", async (page) => {
    await runButton(page).press("Enter");
    await until(page, words.running);
    expect(await runButton(page).innerText()).toBe(words.stop);
    await page.locator(".yours button").press("Enter");
    await until(page, words.stopped);
    for (let run = 0; run < 3; run++) {
      await runButton(page).press("Enter");
      await until(page, words.running);
      await until(page, words.ended);
      await page.waitForTimeout(DEAF_MS);
    }
    // The last three stay, the older ones faded.
    const drawings = page.locator(".yours svg.timeline");
    expect(await drawings.count()).toBe(3);
    const opacity = (index: number) =>
      drawings
        .nth(index)
        .evaluate((svg) => Number(getComputedStyle(svg).opacity));
    expect(await opacity(0)).toBe(1);
    expect(await opacity(2)).toBeLessThan(1);
  });
});

test("a press that came a moment too late to stop a run starts none", async () => {
  await open("/en/busy-wait/", async (page) => {
    await runButton(page).press("Enter");
    await until(page, words.running);
    await page.evaluate((ended) => {
      const button = document.querySelector<HTMLElement>(".yours button")!;
      const status = document.querySelector(".yours [role=status]")!;
      new MutationObserver((_, observer) => {
        if (status.textContent !== ended) return;
        observer.disconnect();
        button.click();
        button.dataset["clicked"] = "";
      }).observe(status, { childList: true });
    }, words.ended);
    await page.locator(".yours [data-clicked]").waitFor();
    expect(await status(page).innerText()).toBe(words.ended);
    await page.waitForTimeout(DEAF_MS);
    await runButton(page).press("Enter");
    await until(page, words.running);
  });
});

test("a double click is one press", async () => {
  await open("/en/busy-wait/", async (page) => {
    await runButton(page).press("Enter");
    await until(page, words.ended);
    await page.waitForTimeout(DEAF_MS);
    await runButton(page).dblclick();
    await until(page, words.ended);
    expect(await page.locator(".yours svg.timeline").count()).toBe(2);
  });
});

test("all of a run is in view from its start, and has the focus", async () => {
  await open("/en/busy-wait/", async (page) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await runButton(page).press("Enter");
    const output = () =>
      page
        .locator(".yours pre")
        .first()
        .evaluate((output) => {
          const { top, bottom } = output.getBoundingClientRect();
          return { top, isSeen: top > 0 && bottom <= innerHeight };
        });
    await until(page, words.running);
    const { top, isSeen } = await output();
    expect(isSeen).toBe(true);
    await until(page, words.ended);
    expect(await output()).toEqual({ top, isSeen });
    const again = page.locator(".yours button");
    expect(await again.evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
  });
});

test("a hidden page discards its run, and says so", async () => {
  await open("/en/busy-wait/", async (page) => {
    await runButton(page).press("Enter");
    await until(page, words.running);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await until(page, words.hidden);
    expect(await page.locator(".yours svg.timeline").count()).toBe(0);
  });
});

test("CPU time is left out, and said to be", async () => {
  await open("/en/busy-wait/", async (page) => {
    await runButton(page).press("Enter");
    await until(page, words.ended);
    const yours = await page.locator(".yours").innerText();
    expect(yours).toContain(words.noCpu);
    expect(
      await page.locator(".yours svg.timeline").textContent(),
    ).not.toContain("CPU");
  });
});

test("where the page is not isolated, shared memory is refused with a reason", async () => {
  const shared = runnable.filter((slug) => where.get(slug) === "isolated page");
  expect(shared).toContain("idle-wait");
  for (const slug of shared) {
    await open(
      `/en/${slug}/`,
      async (page) => {
        expect(await runButton(page).count()).toBe(0);
        const header = page.locator(".example > header").first();
        expect(await header.innerText()).toContain(words.notIsolated);
      },
      { origin: inject("plainOrigin") },
    );
  }
});

test("an example for Node only says so in place of the button", async () => {
  const nodeOnly = SLUGS.filter((slug) => where.get(slug) === "node");
  expect(nodeOnly).toEqual([
    "process-and-thread",
    "node-phases",
    "http",
    "fastapi",
    "blocking-the-loop",
  ]);
  // The listing of fastapi is in Python, and has no button either.
  for (const slug of nodeOnly.filter((slug) => slug !== "fastapi")) {
    await open(`/ko/${slug}/`, async (page) => {
      expect(await runButton(page).count()).toBe(0);
      const header = page.locator(".example > header").first();
      expect(await header.innerText()).toContain(wordsOf("ko").run.nodeOnly);
    });
  }
});

test.each(["origin", "plainOrigin"] as const)(
  "what Run starts has the page's policy, whatever the host sends: %s",
  async (host) => {
    await open(
      "/en/busy-wait/",
      async (page, context) => {
        const expectNoneAsked = await letStrangerIn(
          context,
          "**/examples/busy-wait.js",
          (tried) => `export const main = async () => console.log(${tried});`,
        );
        await runButton(page).click();
        await until(page, words.ended);
        expect(await page.locator(".yours samp").textContent()).toBe(REFUSED);
        expectNoneAsked();
      },
      { origin: inject(host) },
    );
  },
);
