/**
 * An installed Firefox, as much of it as the tests use: WebDriver BiDi over a
 * socket (https://w3c.github.io/webdriver-bidi/). Playwright drives its own
 * build only; its client for any other asks for `setMediaFeaturesOverride`,
 * which Firefox ESR 153 does not know.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tab } from "./tab.ts";
import type { Source } from "./tab.ts";

/** Where Firefox is usually installed. */
const INSTALLED = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/**
 * Starts the Firefox that `FIREFOX_PATH` names, or one that is installed.
 *
 * @returns nothing where there is none
 * @throws if `FIREFOX_PATH` names what does not exist
 */
export async function launchFirefox(): Promise<Firefox | undefined> {
  const named = process.env["FIREFOX_PATH"];
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`FIREFOX_PATH names ${named}, which does not exist.`);
  }
  const path = named ?? INSTALLED.find((path) => existsSync(path));
  if (path === undefined) return undefined;
  const profile = await mkdtemp(join(tmpdir(), "firefox-"));
  const flags = ["--headless", "--remote-debugging-port=0"];
  // The fonts of the packed Chromium lie where Firefox may not read them.
  const { FONTCONFIG_PATH: _, ...env } = process.env;
  const child = spawn(path, [...flags, "--profile", profile], {
    stdio: ["ignore", "ignore", "pipe"],
    env,
  });
  process.once("exit", () => child.kill());
  const firefox = new Firefox(await addressOf(child), async () => {
    const exit = once(child, "exit");
    child.kill();
    await exit;
    await rm(profile, { recursive: true, maxRetries: 3 });
  });
  await firefox.connect();
  return firefox;
}

/** Firefox says on which port it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr!.on("data", (text) => {
      said += text;
      const address = /listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Firefox ended: ${said}`)));
  });
}

interface Reply {
  id: number;
  error?: string;
  message?: string;
  result: Record<string, unknown>;
}

class Firefox {
  version = "";
  readonly #address: string;
  readonly #end: () => Promise<void>;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #socket!: WebSocket;
  #sent = 0;

  constructor(address: string, end: () => Promise<void>) {
    this.#address = address;
    this.#end = end;
  }

  /** Begins a session. */
  async connect(): Promise<void> {
    this.#socket = new WebSocket(`${this.#address}/session`);
    this.#socket.addEventListener("message", ({ data }) => {
      const reply = JSON.parse(String(data)) as Reply;
      this.#waiting.get(reply.id)?.(reply);
    });
    await once(this.#socket, "open");
    const { capabilities } = await this.send("session.new", {
      capabilities: {},
    });
    this.version = (capabilities as { browserVersion: string }).browserVersion;
  }

  /**
   * Ends the session and leaves its tabs open. In Firefox ESR 153 `new Worker`
   * inside of a worker sometimes never returns: in a tab that a session opened
   * and still drives, within the first 30 pairs (10 of 10 tries), otherwise
   * after 198 to 723 of them (6 of 6).
   */
  async disconnect(): Promise<void> {
    const closed = once(this.#socket, "close");
    await this.send("session.end", {});
    this.#socket.close();
    await closed;
  }

  /** Sends a command of the protocol. @throws what Firefox answers to it */
  async send(method: string, params: object): Promise<Reply["result"]> {
    const id = ++this.#sent;
    const replied = new Promise<Reply>((resolve) =>
      this.#waiting.set(id, resolve),
    );
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { error, message, result } = await replied;
    if (error !== undefined) throw new Error(`${method}: ${error}: ${message}`);
    return result;
  }

  /** Opens an address in a tab of its own. */
  async open(
    url: string,
    viewport: { width: number; height: number },
  ): Promise<Tab> {
    const { context } = await this.send("browsingContext.create", {
      type: "tab",
    });
    await this.send("browsingContext.setViewport", { context, viewport });
    await this.send("browsingContext.navigate", {
      context,
      url,
      wait: "complete",
    });
    return new FirefoxTab(this, context as string);
  }

  /** Closes what is open at an address: in a new session, tabs have new names. */
  async closeTabs(url: string): Promise<void> {
    const { contexts } = await this.send("browsingContext.getTree", {
      maxDepth: 0,
    });
    const tabs = contexts as { context: string; url: string }[];
    for (const tab of tabs.filter((tab) => tab.url === url)) {
      await this.send("browsingContext.close", { context: tab.context });
    }
  }

  async close(): Promise<void> {
    await this.#end();
  }
}

class FirefoxTab extends Tab {
  readonly #firefox: Firefox;
  readonly #context: string;

  constructor(firefox: Firefox, context: string) {
    super();
    this.#firefox = firefox;
    this.#context = context;
  }

  async close(): Promise<void> {
    await this.#firefox.send("browsingContext.close", {
      context: this.#context,
    });
  }

  protected async act(source: Source): Promise<void> {
    await this.#firefox.send("input.performActions", {
      context: this.#context,
      actions: [source],
    });
  }

  protected async call(
    functionDeclaration: string,
    ...given: string[]
  ): Promise<unknown> {
    const { result, exceptionDetails } = await this.#firefox.send(
      "script.callFunction",
      {
        functionDeclaration,
        arguments: given.map((value) => ({ type: "string", value })),
        awaitPromise: true,
        target: { context: this.#context },
      },
    );
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    const { type, value, sharedId } = result as Record<string, unknown>;
    return type === "node" ? { type: "element", element: { sharedId } } : value;
  }
}
