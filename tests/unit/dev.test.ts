import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { execFile, spawn } from "node:child_process";
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../src/browser/browser.ts";

const COPIED = [
  "astro.config.mjs",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
  "examples",
  "public",
  "src",
  "tests",
];

/** A copy of the project, so that a test may write into it. */
let folder: string;
let server: ChildProcess;
let said = "";
let origin: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dev-"));
  for (const name of COPIED) {
    await cp(name, join(folder, name), { recursive: true });
  }
  // Each package by itself, for Vite keeps a cache of its own in between.
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir("node_modules")) {
    if (name.startsWith(".vite")) continue;
    const target = resolve("node_modules", name);
    await symlink(target, join(folder, "node_modules", name));
  }
  server = spawn(
    process.execPath,
    ["node_modules/astro/bin/astro.mjs", "dev", "--port", "0"],
    {
      cwd: folder,
      // Without Vitest's own: Vite would take the page for a test.
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        BASE: "/base",
        NO_COLOR: "1",
        ASTRO_TELEMETRY_DISABLED: "1",
      },
    },
  );
  const ready = new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer) => {
      said += data;
      const url = /Local\s+(http:\S+?)\/base/.exec(said)?.[1];
      if (url) resolve(url);
    };
    server.stdout!.on("data", listen);
    server.stderr!.on("data", listen);
    server.on("exit", () => reject(new Error(said)));
  });
  [origin, browser] = await Promise.all([ready, launchBrowser()]);
  page = await browser.newPage();
  // Vitest's own is the dead man's switch: a loaded machine took 30 s.
  page.setDefaultTimeout(0);
});

afterAll(async () => {
  await browser?.close();
  // Until it has ended it writes into the folder.
  if (server?.kill()) await once(server, "exit");
  await rm(folder, { recursive: true, force: true });
});

const file = (path: string) => join(folder, path);

async function change(path: string, from: string, to: string): Promise<void> {
  const before = await readFile(file(path), "utf8");
  expect(before).toContain(from);
  await writeFile(file(path), before.replace(from, to));
}

/** Runs a command of the copy. */
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, args, { cwd: folder });

/** Opens a page. One that is about to load again may break that off. */
const visit = (path: string) =>
  expect
    .poll(() =>
      page.goto(`${origin}/base/${path}/`).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);

const shows = (text: string) => page.getByText(text).first().waitFor();

test("a change of a note, its example and its evidence shows at once, and what the checks find of it", async () => {
  await visit("en/busy-wait");
  expect(await page.locator(".findings").count()).toBe(0);
  await appendFile(
    file("src/content/notes/en/busy-wait.mdx"),
    "\n#### Added while you read\n",
  );
  await page.locator("h4", { hasText: "Added while you read" }).waitFor();
  const skips =
    "The heading “Added while you read” is of level 4: make it level 3.";
  await shows(skips);
  expect(said).toContain(skips);

  await change(
    "examples/busy-wait.ts",
    "Nothing to do but ask again.",
    "Ask, and ask again.",
  );
  await page
    .locator(".example > pre", { hasText: "Ask, and ask again." })
    .waitFor();

  await change("examples/busy-wait.ts", "WAIT_MS = 200;", "WAIT_MS = 201;");
  await shows("examples/busy-wait.ts changed after this was recorded");

  await change("src/content/evidence/busy-wait.json", "ms late", "ms tardy");
  // Covered until the reader has answered.
  const output = page.locator("samp", { hasText: "ms tardy" });
  await output.waitFor({ state: "attached" });
});

test("the note in the other language tells that this one is newer", async () => {
  await visit("ko/busy-wait");
  const newer = page.locator(".needs a[hreflang=en]");
  await newer.waitFor();
  expect(await newer.getAttribute("href")).toBe("/base/en/busy-wait/");
  await run("src/commands/in-step.ts", "busy-wait");
  await newer.waitFor({ state: "detached" });
});

test("a new note is there at once, with what is still to be written", async () => {
  await run(
    "src/commands/new.ts",
    "foo",
    "--part",
    "1",
    "--needs",
    "latency",
    "--title-ko",
    "푸",
    "--title-en",
    "Foo",
    "--term",
    "foo",
    "--definition-ko",
    "푸는 푸다.",
    "--definition-en",
    "Foo is foo.",
  );
  await visit("en/foo");
  const output = page.locator("samp", { hasText: "turns" });
  await output.waitFor({ state: "attached" });
  await page.locator(".parts [aria-current]", { hasText: "Foo" }).waitFor();
  await shows("examples/foo.ts:2: Still to write: what it is");
  await shows("Claims in here: 1. A note has 2 at the least.");
});

test("a new link shows at once on the note that it leads to", async () => {
  await visit("en/mutex");
  const backlink = page.locator(".backlinks a[href$='/idle-wait/']");
  expect(await backlink.count()).toBe(0);
  await appendFile(
    file("src/content/notes/en/idle-wait.mdx"),
    "\nBack to [[mutex]].\n",
  );
  await backlink.waitFor();
});
