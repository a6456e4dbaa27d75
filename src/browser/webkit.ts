/**
 * WebKitGTK's own browser, as much of it as measuring claims takes: plain
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

const DRIVER = "/usr/bin/WebKitWebDriver";
const BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser";
const SCREEN = "/usr/bin/broadwayd";
/** How often to ask whether a process that was started listens. */
const LOOK_MS = 100;
/** When to take it for dead. */
const DEAD_AFTER_MS = 20_000;

interface WebKit {
  version: string;
  open: (url: string) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Starts WebKitGTK's MiniBrowser where it, its driver and a screen are
 * installed (Debian: `webkit2gtk-driver`, `libgtk-3-bin`).
 *
 * @returns nothing where one of them is missing
 */
export async function launchWebKit(): Promise<WebKit | undefined> {
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
  const { sessionId, capabilities } = await ask("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        // Of two hundred pages one may never be taken for loaded.
        pageLoadStrategy: "none",
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      },
    },
  });
  const session = `/session/${sessionId as string}`;
  return {
    version: (capabilities as { browserVersion: string }).browserVersion,
    open: async (url) => void (await ask("POST", `${session}/url`, { url })),
    async close() {
      await ask("DELETE", session);
      for (const child of children.reverse()) {
        const exit = once(child, "exit");
        child.kill();
        await exit;
      }
    },
  };
}

type Ask = (
  method: string,
  path: string,
  body?: object,
) => Promise<Record<string, unknown>>;

function clientOf(origin: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(origin + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as {
      value: Record<string, unknown> | null;
    };
    if (answer.ok) return value ?? {};
    throw new Error(`WebKitWebDriver: ${path}: ${JSON.stringify(value)}`);
  };
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
