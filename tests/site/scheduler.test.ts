import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { parseEvidence } from "../../src/book/evidence.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { inEachBrowser } from "./readers.ts";
import type { Reader } from "./readers.ts";

const PHONE = { width: 390, height: 800 };
const DESKTOP = { width: 1280, height: 900 };
const MAX_BYTES = 5 * 1024;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const addressOf = (slug: string) =>
  `${inject("origin")}${inject("base")}/en/${slug}/`;

const said = () =>
  document.querySelector(".scheduler [role=status]")?.textContent ?? "";
const taken = () =>
  [...document.querySelectorAll(".scheduler > div li")].map(
    (step) => step.textContent,
  );

async function press(reader: Reader, ...names: string[]): Promise<void> {
  for (const name of names) await reader.click(".scheduler .btn", name);
}

async function hasBegun(reader: Reader): Promise<void> {
  await expect.poll(() => reader.evaluate(said)).not.toBe("");
}

inEachBrowser((open) => {
  let reader: Reader;

  test("a reader loses a deposit, goes back, and loses none", async () => {
    reader = await open(addressOf("race"), DESKTOP);
    await press(reader, "Begin");
    await hasBegun(reader);
    expect(await reader.evaluate(said)).toBe(
      "balance after three deposits of 1, still possible: 1 (orders: 48) · 2 (orders: 36) · 3 (orders: 6)",
    );
    await press(reader, "task 1", "task 2", "task 3", "task 1", "task 2");
    expect(await reader.evaluate(said)).toBe(
      "A lost update. balance after three deposits of 1, still possible: 1 (orders: 1)",
    );
    await press(reader, "task 3");
    expect(await reader.evaluate(said)).toBe(
      "A lost update. The end. balance after three deposits of 1: 1",
    );
    expect(await reader.evaluate(taken)).toEqual([
      "task 1 reads 0",
      "task 2 reads 0",
      "task 3 reads 0",
      "task 1 writes 1",
      "task 2 writes 1. A lost update.",
      "task 3 writes 1. A lost update.",
    ]);
    await press(reader, ...Array<string>(6).fill("Back"));
    expect(await reader.evaluate(taken)).toEqual([]);
    await press(reader, "task 1", "task 1", "task 2", "task 2");
    await press(reader, "task 3", "task 3");
    expect(await reader.evaluate(said)).toBe(
      "The end. balance after three deposits of 1: 3",
    );
    await reader.close();
  });

  test("a reader leaves two of four additions of two threads", async () => {
    reader = await open(addressOf("atomics"), PHONE);
    await press(reader, "Begin");
    await hasBegun(reader);
    expect(await reader.evaluate(said)).toBe(
      "count after two threads have added 1 twice, still possible: 2 (orders: 32) · 3 (orders: 32) · 4 (orders: 6)",
    );
    const [one, two] = ["thread 1", "thread 2"] as const;
    await press(reader, one, two, two, one, two, one, one, two);
    expect(await reader.evaluate(said)).toBe(
      "A lost update. The end. count after two threads have added 1 twice: 2",
    );
    const steps = await reader.evaluate(taken);
    expect(steps.filter((step) => step.includes("lost")).length).toBe(2);
    await reader.close();
  });

  test("a reader walks into a deadlock, and is told so", async () => {
    reader = await open(addressOf("deadlock"), DESKTOP);
    await press(reader, "Begin");
    await hasBegun(reader);
    await press(reader, "task 1");
    expect(await reader.evaluate(said)).toContain("2 (orders: 1)");
    await press(reader, "task 2");
    // Both can go on, but nowhere else.
    expect(await reader.evaluate(said)).toBe(
      "transfers that are paid, of two, still possible: stuck for good (orders: 2)",
    );
    await press(reader, "task 1", "task 2");
    expect(await reader.evaluate(said)).toContain("Stuck for good.");
    expect(await reader.evaluate(taken)).toEqual([
      "task 1 locks Mina's account",
      "task 2 locks Jun's account",
      "task 1 waits for Jun's account",
      "task 2 waits for Mina's account",
    ]);
    const disabled = await reader.evaluate(() =>
      [...document.querySelectorAll(".scheduler .btn")].map(
        (each) => each.ariaDisabled,
      ),
    );
    expect(disabled).toEqual(["true", "true", "false"]);
    await reader.close();
  });

  test("a reader finds no order in which a mutex loses a deposit", async () => {
    reader = await open(addressOf("mutex"), DESKTOP);
    await press(reader, "Begin");
    await hasBegun(reader);
    expect(await reader.evaluate(said)).toContain("4 (orders: 336)");
    await press(reader, "task 1", "task 2", "task 1");
    expect(await reader.evaluate(taken)).toEqual([
      "task 1 comes, reads",
      "task 2 comes",
      "task 1 writes; task 2 reads",
    ]);
    await reader.close();
  });

  test("a reader lets a lease run out, and an invoice is sent twice", async () => {
    reader = await open(addressOf("lease"), PHONE);
    await press(reader, "Begin");
    await hasBegun(reader);
    await press(reader, "task 1", "task 2", "timer of task 1");
    await press(reader, "task 1", "task 2");
    expect(await reader.evaluate(taken)).toEqual([
      "task 1 comes, reads 1",
      "task 2 comes",
      "timer of task 1 runs out; task 2 reads 1",
      "task 1 writes 1",
      "task 2 writes 1. A lost update.",
    ]);
    expect(await reader.evaluate(said)).toContain("The end.");
    expect(await reader.evaluate(said)).toMatch(/: 2$/);
    await reader.close();
  });

  test("a reader releases a semaphore twice, and two are inside", async () => {
    reader = await open(addressOf("semaphore"), DESKTOP);
    await press(reader, "Begin");
    await hasBegun(reader);
    const { inEveryOrder } = parseEvidence(
      readFileSync("src/content/evidence/semaphore.json", "utf8"),
      "semaphore",
    );
    const { controls } = inEveryOrder["a-release-of-ones-own"]!;
    for (const { who } of controls["semaphore"]!.witness!) {
      await press(reader, `task ${who}`);
    }
    const steps = await reader.evaluate(taken);
    expect(steps.join()).toContain("task 1 releases again");
    expect(await reader.evaluate(said)).toMatch(/The end.*: 2$/);
    await reader.close();
  });

  test("the line that runs is lit in the listing", async () => {
    reader = await open(addressOf("race"), DESKTOP);
    await press(reader, "Begin");
    await hasBegun(reader);
    await press(reader, "task 1");
    const lit = await reader.evaluate(() =>
      [...CSS.highlights.get("step")!].map((range) =>
        (range as Range).toString(),
      ),
    );
    const source = readFileSync("examples/race.ts", "utf8").split("\n");
    const line = lit.join("").trim();
    expect(line).toBe("const before = account.read();");
    expect(source.map((text) => text.trim())).toContain(line);
    await reader.close();
  });

  test("the keyboard does it on a phone, and keeps its place", async () => {
    reader = await open(addressOf("race"), PHONE);
    await reader.evaluate(() =>
      document.querySelector<HTMLElement>(".scheduler .btn")!.focus(),
    );
    await reader.press("Enter");
    await hasBegun(reader);
    await reader.press("Enter");
    await reader.press("Enter");
    const steps = ["task 1 reads 0", "task 1 writes 1"];
    expect(await reader.evaluate(taken)).toEqual(steps);
    // It has ended, but it still has the focus, and does nothing.
    await reader.press("Enter");
    expect(await reader.evaluate(taken)).toEqual(steps);
    const [disabled, wide] = await reader.evaluate(() => [
      document.querySelector(".scheduler .btn:focus")!.ariaDisabled,
      document.documentElement.scrollWidth - innerWidth,
    ]);
    expect(disabled).toBe("true");
    expect(wide).toBeLessThanOrEqual(0);
    await reader.close();
  });
});

const button = (page: Page, name: string) =>
  page.locator(".scheduler .btn", { hasText: name });

test("without JavaScript the shortest losing order stands there", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(addressOf("race"));
  expect(await button(page, "Begin").isVisible()).toBe(false);
  await page.locator(".scheduler summary").click();
  const steps = await page.locator(".scheduler details li").allTextContents();
  expect(steps.length).toBe(6);
  expect(steps.slice(0, 2)).toEqual(["task 1 reads 0", "task 2 reads 0"]);
  await page.close();
});

test("the deadlock is told in Korean, and without JavaScript", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(addressOf("deadlock").replace("/en/", "/ko/"));
  await page.locator(".scheduler summary").click();
  expect(await page.locator(".scheduler details li").allTextContents()).toEqual(
    [
      "작업 1: 미나의 계좌 잠그기",
      "작업 2: 준의 계좌 잠그기",
      "작업 1: 준의 계좌 기다리기",
      "작업 2: 미나의 계좌 기다리기",
    ],
  );
  await page.close();
});

test("what a press loads is little, and a failure is said", async () => {
  const page = await browser.newPage();
  await page.goto(addressOf("race"));
  const loaded: string[] = [];
  page.on("response", (response) =>
    loaded.push(new URL(response.url()).pathname),
  );
  await page.route("**/schedule.json", (route) => route.abort());
  await button(page, "Begin").click();
  await page.locator(".scheduler [role=alert]").waitFor();
  await page.unroute("**/schedule.json");
  await button(page, "Begin").click();
  await page.locator(".scheduler [role=status]").waitFor();
  const bytes = [...new Set(loaded)]
    .filter((path) => !path.endsWith("favicon.svg"))
    .map((path) =>
      readFileSync(inject("dist") + path.slice(inject("base").length)),
    )
    .reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  await page.close();
});
