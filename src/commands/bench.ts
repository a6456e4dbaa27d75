/**
 * `npm run bench`: what the pages of notes cost a reader with a slow phone, and
 * with `--notes N` how the build grows.
 */
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { SLUGS } from "../book/parts.ts";
import { median } from "../measure/statistics.ts";
import { LANGUAGES } from "../book/languages.ts";
import {
  command,
  CommandError,
  slugsOf,
  wholeNumber,
} from "./frame/command.ts";
import { measureGrowth } from "./bench/growth.ts";
import type { PageCost } from "./bench/pages.ts";
import { measurePages } from "./bench/pages.ts";

const USAGE = `Usage: npm run bench -- [slug …] [--runs N] [--no-lighthouse] [--json FILE]
       npm run bench -- --notes N [--json FILE]

  slug             whose pages to load; those of all notes if none is named
  --runs N         how often to load each page (default 9)
  --no-lighthouse  without Lighthouse, which is fetched when it is first used
  --notes N        build so many generated pages of notes instead, 100 or more,
                   and a quarter and a half of them
  --json FILE      write everything that was measured`;

const FEWEST_NOTES = 100;

const OPTIONS = {
  runs: { type: "string", default: "9" },
  lighthouse: { type: "boolean", default: true },
  notes: { type: "string" },
  json: { type: "string" },
} as const;

export const main = command({ usage: USAGE, options: OPTIONS, run });

async function run(
  values: {
    runs: string;
    lighthouse: boolean;
    notes?: string | undefined;
    json?: string | undefined;
  },
  positionals: string[],
): Promise<void> {
  if (values.notes !== undefined && positionals.length > 0) {
    throw new CommandError(
      "--notes N builds generated notes: it takes no slug beside it.",
    );
  }
  const figures =
    values.notes === undefined
      ? await printPages(
          positionals.length > 0 ? slugsOf(positionals) : SLUGS,
          wholeNumber("--runs", values.runs, 1),
          values.lighthouse,
        )
      : await printGrowth(wholeNumber("--notes", values.notes, FEWEST_NOTES));
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  }
}

async function printPages(
  slugs: readonly string[],
  runs: number,
  lighthouse: boolean,
): Promise<PageCost[]> {
  const width = Math.max(...slugs.map((slug) => slug.length)) + "/ko//".length;
  console.log(
    `Each page ${runs} times, in turn with the same text as a bare page; CPU 4 times slower, slow 4G.
Times in ms and as multiples of the bare page's; blocked: by tasks above 50 ms, in
all and after the first paint; load of this machine: ${loadavg()[0]!.toFixed(1)}.

${"page".padEnd(width)}  bytes  requests   first paint  largest paint  blocked after${
      lighthouse ? "  Lighthouse" : ""
    }`,
  );
  const costs = await measurePages(slugs, {
    runs,
    lighthouse,
    onPage: ({ path, bytes, page, bare, lighthouse: judged }) => {
      const times = (name: "firstPaint" | "largestPaint") =>
        `${page[name].toFixed().padStart(5)}  ${ratio(page[name], bare[name])}`;
      console.log(
        [
          path.padEnd(width),
          String(bytes).padStart(5),
          String(page.requests).padStart(8),
          times("firstPaint").padStart(12),
          times("largestPaint").padStart(13),
          `${page.blocked.toFixed().padStart(7)} ${page.blockedPainted.toFixed().padStart(5)}`,
          judged ? Object.values(judged.scores).join(" ") : "",
        ]
          .join("  ")
          .trimEnd(),
      );
      judged?.lost.forEach((audit) => console.log(`  ${audit}`));
    },
  });
  const most = (of: (cost: PageCost) => number) => Math.max(...costs.map(of));
  const slower = (name: "firstPaint" | "largestPaint") => {
    const ratios = costs.map(({ page, bare }) => page[name] / bare[name]);
    return `${median(ratios).toFixed(2)}, at the most ${Math.max(...ratios).toFixed(2)} ×`;
  };
  console.log(`
First paint: ${slower("firstPaint")} the bare page's; largest: ${slower("largestPaint")}.
At the most ${most(({ bytes }) => bytes)} bytes, ${most(({ page }) => page.blocked).toFixed()} ms blocked (bare: ${most(({ bare }) => bare.blocked).toFixed()}), ${most(({ page }) => page.blockedPainted).toFixed()} of them after the first paint.`);
  return costs;
}

function ratio(own: number, bare: number): string {
  return `${(own / bare).toFixed(2)} ×`;
}

async function printGrowth(most: number): Promise<object[]> {
  console.log(
    "notes  all pages  seconds  ms a page   MB  heaviest note, bytes",
  );
  const rows: object[] = [];
  for (const notes of [most / 4, most / 2, most]) {
    const slugs = Math.ceil(notes / LANGUAGES.length);
    const growth = await measureGrowth(slugs);
    const { pages, seconds, megabytes, heaviest } = growth;
    console.log(
      [
        String(slugs * LANGUAGES.length).padStart(5),
        String(pages).padStart(9),
        seconds.toFixed(1).padStart(7),
        ((1000 * seconds) / pages).toFixed(1).padStart(9),
        megabytes.toFixed().padStart(6),
        String(heaviest).padStart(6),
      ].join("  "),
    );
    rows.push({ notes: slugs * LANGUAGES.length, ...growth });
  }
  return rows;
}

if (import.meta.main) process.exitCode = await main();
