import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { pretendard, WEIGHTS } from "../draw/card/pretendard.ts";

/** Where a browser is usually installed. */
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // A container's root user has no sandbox; what is opened is our own site.
  "--no-sandbox",
];

/**
 * Starts a browser, which {@link findBrowser} finds.
 *
 * @throws where there is none, with what to do
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({ executablePath, args: QUIET });
}

/**
 * The path of a browser: the one that `CHROME_PATH` names, else the Chromium
 * inside an npm package (Linux on x64), which is the same for everyone and
 * takes three quarters of the time, else an installed Chrome or Chromium.
 *
 * @throws where there is none, with what to do
 */
export async function findBrowser(): Promise<string> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const path =
    named ??
    (await packedChromium()) ??
    INSTALLED.find((path) => existsSync(path));
  if (path !== undefined) return path;
  throw new Error(
    "No browser found. Install Chrome or Chromium, or set CHROME_PATH to one.",
  );
}

/** The Chromium of the npm package, where it can run. */
async function packedChromium(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  process.env["FONTCONFIG_PATH"] ??= fontFolder();
  // Makes the package bring the libraries that a bare machine lacks.
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs24.x";
  const { setupLambdaEnvironment } = await import("@sparticuz/chromium");
  const folder = await unpacked();
  setupLambdaEnvironment(join(folder, "al2023", "lib"));
  return join(folder, "chromium");
}

/**
 * The folder of the unpacked Chromium, which is whole: the package itself takes
 * a file that another process is still writing for a browser.
 */
async function unpacked(): Promise<string> {
  const { default: packed } = await import("@sparticuz/chromium");
  const code = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const about = readFileSync(join(dirname(code), "..", "package.json"), "utf8");
  const { version } = JSON.parse(about) as { version: string };
  const folder = join(tmpdir(), `measured-concurrency-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}.`);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = unfinished;
  try {
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another one was first.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return folder;
}

/**
 * A folder with a font that has Korean, which a machine may lack. The packed
 * Chromium finds no other, so that a page has one layout wherever it is tested.
 */
function fontFolder(): string {
  const folder = join(tmpdir(), "measured-concurrency-fonts");
  mkdirSync(folder, { recursive: true });
  for (const weight of WEIGHTS) {
    writeWhole(join(folder, `pretendard-${weight}.ttf`), pretendard(weight));
  }
  writeWhole(
    join(folder, "fonts.conf"),
    `<fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  return folder;
}

/** Tests that run beside each other may write it at once. */
function writeWhole(file: string, content: Buffer | string): void {
  if (existsSync(file)) return;
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
