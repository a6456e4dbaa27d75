/**
 * `npm run in-step <slug …>`: notes down that both languages of a note say the
 * same as they stand now. What changes alone after that is newer.
 */
import { IN_STEP_FILE, noteFile } from "../book/files.ts";
import { existsSync } from "node:fs";
import * as prettier from "prettier";
import type { Language } from "../book/languages.ts";
import { LANGUAGES, otherLanguage } from "../book/languages.ts";
import { command, CommandError } from "./frame/command.ts";
import { writeWhole } from "./frame/write-whole.ts";
import type { DeclaredPair } from "../book/in-step.ts";
import { pairOf, parseDeclared } from "../book/in-step.ts";
import { readText } from "../book/text.ts";

const USAGE = `Usage: npm run in-step -- <slug …> [--newer ko|en]

  slug     whose notes say the same in both languages, as they stand now
  --newer  they do not yet: the note in this language says more`;

export const main = command({
  usage: USAGE,
  options: { newer: { type: "string" } },
  run,
});

async function run(
  values: { newer?: string | undefined },
  slugs: string[],
): Promise<void> {
  if (slugs.length === 0) throw new CommandError(`Which notes?\n\n${USAGE}`);
  const newer = values.newer === undefined ? undefined : asked(values.newer);
  const pairs = slugs.map((slug): [string, DeclaredPair] => {
    for (const language of LANGUAGES) {
      const file = noteFile(language, slug);
      if (!existsSync(file)) throw new CommandError(`There is no ${file}.`);
      // Nothing is in step with half of a merge.
      readText(file);
    }
    const pair = pairOf(slug);
    return [slug, newer === undefined ? pair : { ...pair, newer }];
  });
  const before = existsSync(IN_STEP_FILE)
    ? parseDeclared(readText(IN_STEP_FILE)).value
    : {};
  // Notes that are gone leave the file with the next writing.
  const kept = Object.entries({ ...before, ...Object.fromEntries(pairs) })
    .filter(([slug]) => existsSync(noteFile("en", slug)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  await writeWhole(
    IN_STEP_FILE,
    await prettier.format(
      // One line a note, so that Git merges them.
      `{\n${kept.map(([slug, pair]) => `"${slug}": ${JSON.stringify(pair)}`).join(",\n")}\n}`,
      { parser: "json" },
    ),
  );
  for (const slug of slugs) {
    console.log(
      newer === undefined
        ? `${slug}: both languages say the same.`
        : `${slug}: “${newer}” is newer, and the page in “${otherLanguage(newer)}” says so.`,
    );
  }
}

function asked(language: string): Language {
  const found = LANGUAGES.find((one) => one === language);
  if (found) return found;
  throw new CommandError(
    `There is no language “${language}”: ${LANGUAGES.join(" or ")}.`,
  );
}

if (import.meta.main) process.exitCode = await main();
