import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

/** Where a browser is usually installed. */
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Starts a browser: the one that `CHROME_PATH` names, else the Chromium inside
 * an npm package (Linux on x64), which is the same for everyone and takes three
 * quarters of the time, else an installed Chrome or Chromium.
 *
 * @throws where there is none, with what to do
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    // A container's root user has no sandbox; what is opened is our own site.
    "--no-sandbox",
  ];
  const executablePath =
    named ??
    (await packedChromium()) ??
    INSTALLED.find((path) => existsSync(path));
  if (executablePath !== undefined) {
    return chromium.launch({ executablePath, args: quiet });
  }
  throw new Error(
    "No browser found. Install Chrome or Chromium, or set CHROME_PATH to one.",
  );
}

/** Unpacks the Chromium of the npm package, where it can run. */
async function packedChromium(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  // Makes the package bring the libraries that a bare machine lacks.
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs24.x";
  const { default: packed } = await import("@sparticuz/chromium");
  return packed.executablePath();
}
