import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findBrowser } from "../../browser/browser.ts";

/**
 * Fetched when it is asked for: 176 MB are too much for everyone who installs
 * the project.
 */
const PACKAGE = "lighthouse@13.5.0";
const CATEGORIES = [
  "performance",
  "accessibility",
  "best-practices",
  "seo",
] as const;
const MOST_BYTES = 50 * 1024 * 1024;

/** Lighthouse's scores of a page, 0 to 100. */
export interface Scores {
  scores: Record<(typeof CATEGORIES)[number], number>;
  /** The audits that cost a point, with their titles. */
  lost: string[];
}

interface Report {
  categories: Record<
    string,
    { score: number; auditRefs: { id: string; weight: number }[] }
  >;
  audits: Record<string, { score: number | null; title: string }>;
}

/**
 * Lets Lighthouse judge a page, as on a phone.
 *
 * @throws if it can't be fetched or does not end well, with what it said
 */
export async function judge(url: string): Promise<Scores> {
  const { stdout } = await promisify(execFile)(
    "npm",
    [
      "exec",
      "--yes",
      `--package=${PACKAGE}`,
      "--",
      "lighthouse",
      url,
      "--quiet",
      "--output=json",
      "--output-path=stdout",
      `--only-categories=${CATEGORIES.join()}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ],
    {
      env: { ...process.env, CHROME_PATH: await findBrowser() },
      maxBuffer: MOST_BYTES,
    },
  );
  const { categories, audits } = JSON.parse(stdout) as Report;
  const scores = Object.fromEntries(
    CATEGORIES.map((id) => [id, Math.round(100 * categories[id]!.score)]),
  ) as Scores["scores"];
  const lost = CATEGORIES.filter((id) => scores[id] < 100)
    .flatMap((id) => categories[id]!.auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]!.score ?? 1) < 1)
    .map(({ id }) => `${id}: ${audits[id]!.title}`);
  return { scores, lost };
}
