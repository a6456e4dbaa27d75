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

/** Where Firefox is usually installed. */
const INSTALLED = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** Keys that write nothing have code points of the protocol's own. */
const CODE_POINTS: Record<string, string> = {
  Enter: "\uE007",
  Escape: "\uE00C",
};

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
    return new Tab(this, context as string);
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

class Tab {
  readonly #firefox: Firefox;
  readonly #context: string;

  constructor(firefox: Firefox, context: string) {
    this.#firefox = firefox;
    this.#context = context;
  }

  /** Runs a function in the page. What it gives comes as JSON. */
  async evaluate<T>(read: () => T): Promise<T> {
    const { value } = await this.#call(`() => JSON.stringify((${read})())`);
    return JSON.parse(String(value ?? null)) as T;
  }

  /** Clicks the first element that has the text, with the mouse. */
  async click(selector: string, text = ""): Promise<void> {
    await this.#act("pointer", [
      await this.#moveTo(selector, text),
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  /** Moves the mouse onto the first element, and leaves it there. */
  async hover(selector: string): Promise<void> {
    await this.#act("pointer", [await this.#moveTo(selector, "")]);
  }

  /** Presses one key after the other. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act("key", actions);
  }

  /** Presses a key: what it writes, or its name. */
  async press(key: string): Promise<void> {
    await this.type(CODE_POINTS[key] ?? key);
  }

  async close(): Promise<void> {
    await this.#firefox.send("browsingContext.close", {
      context: this.#context,
    });
  }

  /** Waits until the element stands still, and gives the way of the mouse to it. */
  async #moveTo(selector: string, text: string): Promise<object> {
    const { sharedId } = await this.#call(
      // What comes into view gets its size, and moves the rest of the page:
      // some frames have to pass in which nothing moves.
      `async (selector, text) => {
        const all = [...document.querySelectorAll(selector)];
        const one = all.find((one) => one.textContent.includes(text));
        let before;
        for (let still = 0; still < 10; still++) {
          const { x, y, width, height } = one.getBoundingClientRect();
          if (y !== before) still = 0;
          const middle = [x + width / 2, y + height / 2];
          if (!one.contains(document.elementFromPoint(...middle))) {
            one.scrollIntoView({ block: "center", behavior: "instant" });
          }
          before = one.getBoundingClientRect().y;
          await new Promise(requestAnimationFrame);
        }
        return one;
      }`,
      selector,
      text,
    );
    const origin = { type: "element", element: { sharedId } };
    return { type: "pointerMove", x: 0, y: 0, origin };
  }

  async #act(type: string, actions: object[]): Promise<void> {
    await this.#firefox.send("input.performActions", {
      context: this.#context,
      actions: [{ type, id: type, actions }],
    });
  }

  async #call(functionDeclaration: string, ...given: string[]) {
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
    return result as { value?: unknown; sharedId?: string };
  }
}
