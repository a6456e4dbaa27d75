/**
 * `npm run bench -- --notes N`: builds the site with N generated pages of
 * notes, and with a quarter and a half of them, and prints what it took.
 */
import { parseArgs } from "node:util";
import { LANGUAGES } from "../languages.ts";
import { measureGrowth } from "./growth.ts";

const USAGE = `Usage: npm run bench -- --notes N

  --notes N   how many pages of notes to build at the most, 100 or more`;

const FEWEST = 100;

try {
  const { values } = parseArgs({
    options: {
      notes: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const notes = Number(values.notes);
  if (values.help) console.log(USAGE);
  else if (notes >= FEWEST) await printGrowth(notes);
  else {
    console.error(
      `--notes takes a number from ${FEWEST} on, not “${values.notes ?? ""}”.\n\n${USAGE}`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  if (!String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS")) {
    throw error;
  }
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}

async function printGrowth(most: number): Promise<void> {
  console.log(
    "notes  all pages  seconds  ms a page   MB  heaviest note, bytes",
  );
  for (const notes of [most / 4, most / 2, most]) {
    const slugs = Math.ceil(notes / LANGUAGES.length);
    const { pages, seconds, megabytes, heaviest } = await measureGrowth(slugs);
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
  }
}
