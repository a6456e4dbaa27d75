/**
 * `npm run new <slug>`: writes the files of a new note in their places, and
 * records it, without which its page could not be shown. Asks for what no flag
 * gives, if somebody is there to answer.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import type { Part } from "../book/parts.ts";
import { PARTS, SLUGS } from "../book/parts.ts";
import { allFilesOf, PARTS_FILE } from "../book/files.ts";
import { nearest } from "../book/nearest.ts";
import { command, CommandError } from "./frame/command.ts";
import { writeWhole } from "./frame/write-whole.ts";
import type { NewNote } from "./new/skeleton.ts";
import { skeletonOf } from "./new/skeleton.ts";

const USAGE = `Usage: npm run new -- <slug> [flags]

  --title-ko, --title-en            the title in each language
  --term                            the English term, for the note in Korean
  --definition-ko, --definition-en  one sentence in each language
  --part                            the part's number, or its title
  --needs a,b                       slugs of the notes to read first, or ""
  --no-record                       writes the files and measures nothing`;

const RECORD = fileURLToPath(new URL("./record.ts", import.meta.url));

/** Pages of a language that are no notes. */
const RESERVED = ["claims", "map", "print", "search"];

const OPTIONS = {
  "title-ko": { type: "string" },
  "title-en": { type: "string" },
  term: { type: "string" },
  "definition-ko": { type: "string" },
  "definition-en": { type: "string" },
  part: { type: "string" },
  needs: { type: "string" },
  record: { type: "boolean", default: true },
} as const;
type Flag = Exclude<keyof typeof OPTIONS, "record">;

/** What to ask where no flag answers; `needs` may stay empty. */
const QUESTIONS: Record<Flag, string> = {
  "title-ko": "Title in Korean",
  "title-en": "Title in English",
  term: "English term beside the Korean title",
  "definition-ko": "Definition in Korean, one sentence",
  "definition-en": "Definition in English, one sentence",
  part: `Part (${PARTS.map(({ number, title }) => `${number} ${title.en}`).join(", ")})`,
  needs: "Slugs of the notes to read first, with commas (none: Enter)",
};

export const main = command({ usage: USAGE, options: OPTIONS, run });

async function run(
  values: Partial<Record<Flag, string>> & { record: boolean },
  positionals: string[],
): Promise<number> {
  const [slug] = positionals;
  if (slug === undefined || positionals.length > 1) {
    throw new CommandError(`Name one slug.\n\n${USAGE}`);
  }
  checkSlug(slug);
  // Before anything is asked: nobody should answer six questions in vain.
  if (values.part !== undefined) partNamed(values.part);
  if (values.needs !== undefined) slugsIn(values.needs);
  const answers = await complete(values);
  const part = partNamed(answers.part);
  const note: NewNote = {
    slug,
    title: { ko: answers["title-ko"], en: answers["title-en"] },
    term: answers.term,
    definition: { ko: answers["definition-ko"], en: answers["definition-en"] },
    needs: slugsIn(answers.needs),
  };
  const files = await skeletonOf(note);
  files.set(PARTS_FILE, await partsWith(slug, part));
  await writeAll(files);
  console.log([...files.keys()].join("\n"));
  const isRecorded = !values.record || record(slug);
  console.log(`
Next:
  npm run check ${slug}
    says what is still to be written
  npm run dev
    says it too, and shows /ko/${slug}/ and /en/${slug}/ while you write`);
  return isRecorded ? 0 : 1;
}

/** Measures what was written, in a process of its own. @returns whether it could */
function record(slug: string): boolean {
  const { status } = spawnSync(process.execPath, [RECORD, slug], {
    stdio: "inherit",
  });
  return status === 0;
}

function checkSlug(slug: string): void {
  if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(slug)) {
    throw new CommandError(
      `“${slug}” is no slug: small letters and digits in words joined by hyphens, such as busy-wait.`,
    );
  }
  const taken = allFilesOf(slug).find((file) => existsSync(file));
  if (taken ?? (SLUGS.includes(slug) || RESERVED.includes(slug))) {
    throw new CommandError(
      `“${slug}” is taken${taken ? `: there is ${taken}` : ""}. Choose another slug.`,
    );
  }
}

function partNamed(named: string): Part {
  const part = PARTS.find(
    ({ number, title }) =>
      named === String(number) || Object.values(title).includes(named),
  );
  if (part) return part;
  const known = PARTS.map(({ number, title }) => `${number} (${title.en})`);
  throw new CommandError(
    `There is no part “${named}”. The parts are ${known.join(", ")}; a new one goes into ${PARTS_FILE}.`,
  );
}

function slugsIn(list: string): string[] {
  const slugs = list.split(/[\s,]+/).filter((slug) => slug !== "");
  const unknown = slugs.find((slug) => !SLUGS.includes(slug));
  if (unknown === undefined) return slugs;
  throw new CommandError(
    `There is no note “${unknown}” to read first. ${nearest(unknown, SLUGS)}`,
  );
}

/** Asks for what the flags leave open. */
async function complete(
  given: Partial<Record<Flag, string>>,
): Promise<Record<Flag, string>> {
  const flags = Object.keys(QUESTIONS) as Flag[];
  const open = flags.filter((flag) =>
    flag === "needs" ? given.needs === undefined : !given[flag]?.trim(),
  );
  const must = open.filter((flag) => flag !== "needs");
  if (!process.stdin.isTTY) {
    if (must.length > 0) {
      const missing = must.map((flag) => `--${flag}`).join(", ");
      throw new CommandError(`Missing: ${missing}.\n\n${USAGE}`);
    }
    return { needs: "", ...given } as Record<Flag, string>;
  }
  const answers = { ...given };
  const terminal = createInterface(process.stdin, process.stdout);
  for (const flag of open) {
    let answer = "";
    do answer = (await terminal.question(`${QUESTIONS[flag]}: `)).trim();
    while (!isAnswer(flag, answer));
    answers[flag] = answer;
  }
  terminal.close();
  return answers as Record<Flag, string>;
}

/** Whether the answer will do; says why not. */
function isAnswer(flag: Flag, answer: string): boolean {
  try {
    if (flag === "part") partNamed(answer);
    if (flag === "needs") slugsIn(answer);
    return answer !== "" || flag === "needs";
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

/** The parts with the slug at the end of its part. */
async function partsWith(slug: string, part: Part): Promise<string> {
  const parts = JSON.parse(await readFile(PARTS_FILE, "utf8")) as {
    notes: string[];
  }[];
  parts[part.number - 1]!.notes.push(slug);
  return prettier.format(JSON.stringify(parts), { parser: "json" });
}

/** Writes all of the files, or none: what was there before comes back. */
async function writeAll(files: ReadonlyMap<string, string>): Promise<void> {
  const replaced = new Map<string, string | undefined>();
  try {
    for (const [file, text] of files) {
      const before = existsSync(file)
        ? await readFile(file, "utf8")
        : undefined;
      await writeWhole(file, text);
      replaced.set(file, before);
    }
  } catch (error) {
    for (const [file, before] of replaced) {
      if (before === undefined) await rm(file);
      else await writeWhole(file, before);
    }
    throw new CommandError(`Nothing was written: ${(error as Error).message}`);
  }
}

if (import.meta.main) process.exitCode = await main();
