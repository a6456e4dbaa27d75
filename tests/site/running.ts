/** What the tests of Run have in common. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { SLUGS } from "../../src/book/parts.ts";
import { whereItRuns } from "../../src/book/where-it-runs.ts";

export const where = new Map(
  SLUGS.map((slug) => [
    slug,
    whereItRuns(readFileSync(`examples/${slug}.ts`, "utf8")),
  ]),
);
export const runnable = SLUGS.filter((slug) => where.get(slug) !== "node");

export const runButton = (page: Page) => page.locator("[data-press=run]");
export const status = (page: Page) => page.locator(".yours [role=status]");

/** Waits until the status says so. */
export async function until(page: Page, said: string): Promise<void> {
  await status(page).getByText(said).waitFor();
}
