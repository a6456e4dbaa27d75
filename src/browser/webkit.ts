/**
 * WebKitGTK's own browser, as much of it as claims and tests take: plain
 * WebDriver over HTTP (https://www.w3.org/TR/webdriver2/). Without a screen it
 * draws for GTK's Broadway server, which comes with GTK and has nobody look.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Tab } from "./tab.ts";
import type { Source } from "./tab.ts";

const DRIVER = "/usr/bin/WebKitWebDriver";
const BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser";
const SCREEN = "/usr/bin/broadwayd";
/** How often to ask whether a process that was started listens. */
const LOOK_MS = 100;
/** When to take it for dead. */
const DEAD_AFTER_MS = 20_000;

interface Settings {
  /** What counts as loaded: `none` is at once, `normal` when all is there. */
  pageLoadStrategy: "none" | "normal";
  /** For MiniBrowser's command line. */
  args?: string[];
}

interface WebKit {
  version: string;
  /** The only one: each address opens in it, and it takes the browser along. */
  tab: WebKitTab;
}

/**
 * Starts WebKitGTK's MiniBrowser where it, its driver and a screen are
 * installed (Debian: `webkit2gtk-driver`, `libgtk-3-bin`).
 *
 * @returns nothing where one of them is missing
 */
export async function launchWebKit({
  pageLoadStrategy,
  args = [],
}: Settings): Promise<WebKit | undefined> {
  const [binary] = globSync(BROWSERS);
  const hasScreen = process.env["DISPLAY"] !== undefined || existsSync(SCREEN);
  if (binary === undefined || !existsSync(DRIVER) || !hasScreen) {
    return undefined;
  }
  const children: ChildProcess[] = [];
  const start = (path: string, args: string[], env = process.env) => {
    const child = spawn(path, args, { env, stdio: "ignore" });
    process.once("exit", () => child.kill());
    children.push(child);
  };
  const env = { ...process.env };
  if (env["DISPLAY"] === undefined) {
    const port = await freePort();
    const display = `:${port - 8080}`;
    start(SCREEN, ["--address", "127.0.0.1", "--port", `${port}`, display]);
    Object.assign(env, { GDK_BACKEND: "broadway", BROADWAY_DISPLAY: display });
  }
  const port = await freePort();
  start(DRIVER, [`--port=${port}`], env);
  const ask = clientOf(`http://127.0.0.1:${port}`);
  await listening(ask);
  const { sessionId, capabilities } = (await ask("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        pageLoadStrategy,
        "webkitgtk:browserOptions": { binary, args: ["--automation", ...args] },
      },
    },
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  const session = `/session/${sessionId}`;
  const tab = new WebKitTab(ask, session, async () => {
    await ask("DELETE", session);
    for (const child of children.reverse()) {
      const exit = once(child, "exit");
      child.kill();
      await exit;
    }
  });
  return { version: capabilities.browserVersion, tab };
}

type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

function clientOf(origin: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(origin + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (answer.ok) return value;
    throw new Error(`WebKitWebDriver: ${path}: ${JSON.stringify(value)}`);
  };
}

class WebKitTab extends Tab {
  readonly #ask: Ask;
  readonly #session: string;
  readonly #end: () => Promise<void>;

  constructor(ask: Ask, session: string, end: () => Promise<void>) {
    super();
    this.#ask = ask;
    this.#session = session;
    this.#end = end;
  }

  async open(url: string): Promise<void> {
    await this.#ask("POST", `${this.#session}/url`, { url });
  }

  /** Waits for two frames: keys that come before a page is drawn are lost. */
  async drawn(): Promise<void> {
    await this.call(`async () => {
      for (let frame = 0; frame < 2; frame++) {
        await new Promise(requestAnimationFrame);
      }
    }`);
  }

  /**
   * Gives the page a size: the window is larger, by what is around the page,
   * and stays as wide as its buttons, which take 447 px.
   */
  async resize(width: number, height: number): Promise<void> {
    const rect = `${this.#session}/window/rect`;
    const [window, page] = await Promise.all([
      this.#ask("GET", rect) as Promise<{ width: number; height: number }>,
      this.evaluate(() => ({ width: innerWidth, height: innerHeight })),
    ]);
    await this.#ask("POST", rect, {
      width: window.width + width - page.width,
      height: window.height + height - page.height,
    });
  }

  async close(): Promise<void> {
    await this.#end();
  }

  protected async act(source: Source): Promise<void> {
    await this.#ask("POST", `${this.#session}/actions`, { actions: [source] });
  }

  protected call(declaration: string, ...args: string[]): Promise<unknown> {
    return this.#ask("POST", `${this.#session}/execute/sync`, {
      script: `return (${declaration})(...arguments);`,
      args,
    });
  }
}

/** Waits until the driver answers. @throws if it does not */
async function listening(ask: Ask): Promise<void> {
  const until = performance.now() + DEAD_AFTER_MS;
  for (;;) {
    try {
      await ask("GET", "/status");
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(LOOK_MS);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
