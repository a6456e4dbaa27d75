import type { Browser } from "playwright-core";

/** What a reader with a slow phone waits for. */
export interface ColdLoad {
  /** Requests, without the icon, which waits for the page. */
  requests: number;
  /** When the first text or picture is painted, in ms from the navigation. */
  firstPaint: number;
  /** When the largest one is painted, in ms from the navigation. */
  largestPaint: number;
  /** What tasks take above 50 ms each, in ms. */
  blocked: number;
  /**
   * The same of what they take after the first paint, before which there is
   * nothing to press: Lighthouse's Total Blocking Time.
   */
  blockedPainted: number;
}

/** Lighthouse's phone. */
const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};
const CPU_SLOWDOWN = 4;
/** Lighthouse's slow 4G: latency in ms, throughput in bytes per second. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6e6 / 8,
  uploadThroughput: 0.75e6 / 8,
};
/** After the load event, for what is painted and asked for late. */
const SETTLE_MS = 700;

/** Loads a page as on a slow phone with nothing cached. */
export async function coldLoad(
  browser: Browser,
  url: string,
): Promise<ColdLoad> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.addInitScript(observe);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await session.send("Emulation.setCPUThrottlingRate", {
      rate: CPU_SLOWDOWN,
    });
    await page.goto(url);
    await page.waitForTimeout(SETTLE_MS);
    const { tasks, firstPaint, largestPaint } = await page.evaluate(
      () => (globalThis as Observed).seen,
    );
    const asked = requests.filter((url) => !url.endsWith("favicon.svg"));
    return {
      requests: asked.length,
      firstPaint,
      largestPaint,
      blocked: blockedBy(tasks, 0),
      blockedPainted: blockedBy(tasks, firstPaint),
    };
  } finally {
    await context.close();
  }
}

interface Task {
  start: number;
  end: number;
}

/** What long tasks take above 50 ms each, from a moment on, in ms. */
function blockedBy(tasks: readonly Task[], from: number): number {
  return tasks.reduce(
    (sum, { start, end }) =>
      sum + Math.max(0, end - Math.max(start, from) - 50),
    0,
  );
}

type Observed = typeof globalThis & {
  seen: { firstPaint: number; largestPaint: number; tasks: Task[] };
};

/** Runs in the page, before it. */
function observe(): void {
  const seen: Observed["seen"] = { firstPaint: 0, largestPaint: 0, tasks: [] };
  (globalThis as Observed).seen = seen;
  const on = (type: string, use: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({
      type,
      buffered: true,
    });
  on("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") seen.firstPaint = startTime;
  });
  on("largest-contentful-paint", ({ startTime }) => {
    seen.largestPaint = startTime;
  });
  on("longtask", ({ startTime: start, duration }) => {
    seen.tasks.push({ start, end: start + duration });
  });
}
