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
import { SLUG } from "../check/check-places.ts";
import type { Part } from "../book/parts.ts";
import { allFilesOf, PARTS_FILE } from "../book/files.ts";
import type { Language } from "../book/languages.ts";
import { LANGUAGES } from "../book/languages.ts";
import { findNote } from "../book/links.ts";
import { nearest } from "../book/nearest.ts";
import { readNotes } from "../book/read-notes.ts";
import { parseParts } from "../book/read-parts.ts";
import { readText } from "../book/text.ts";
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
const RESERVED = ["claims", "map", "print", "runtimes", "search"];

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
  part: "Part",
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
  const { parts } = parseParts(readText(PARTS_FILE));
  // Before anything is asked: nobody should answer six questions in vain.
  checkSlug(slug, parts);
  for (const flag of Object.keys(QUESTIONS) as Flag[]) {
    const given = values[flag];
    if (given !== undefined) checkAnswer(flag, given, parts);
  }
  const answers = await complete(values, parts);
  const note: NewNote = {
    slug,
    title: { ko: answers["title-ko"], en: answers["title-en"] },
    term: answers.term,
    definition: { ko: answers["definition-ko"], en: answers["definition-en"] },
    needs: slugsIn(answers.needs, parts),
  };
  const files = await skeletonOf(note);
  partNamed(answers.part, parts).notes.push(slug);
  files.set(PARTS_FILE, await asFile(parts));
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

function checkSlug(slug: string, parts: readonly Part[]): void {
  if (!SLUG.test(slug)) {
    throw new CommandError(
      `“${slug}” is no slug: small letters and digits in words joined by hyphens, such as busy-wait.`,
    );
  }
  const taken = allFilesOf(slug).find((file) => existsSync(file));
  const isListed = parts.some(({ notes }) => notes.includes(slug));
  if (taken ?? (isListed || RESERVED.includes(slug))) {
    throw new CommandError(
      `“${slug}” is taken${taken ? `: there is ${taken}` : ""}. Choose another slug.`,
    );
  }
  for (const language of LANGUAGES) checkName(slug, language);
}

/** No two notes of a language have one name. */
function checkName(name: string, language: Language): void {
  const owner = findNote(readNotes(), language, name);
  if (!owner) return;
  throw new CommandError(
    `“${name}” already names ${owner.file}, by its title or its aliases. Choose another name, or drop it there.`,
  );
}

/** @throws CommandError if the answer will not do */
function checkAnswer(flag: Flag, answer: string, parts: readonly Part[]): void {
  if (flag === "part") partNamed(answer, parts);
  if (flag === "needs") slugsIn(answer, parts);
  if (flag === "title-ko") checkName(answer, "ko");
  if (flag === "title-en") checkName(answer, "en");
}

function partNamed(named: string, parts: readonly Part[]): Part {
  const part = parts.find(
    ({ number, title }) =>
      named === String(number) || Object.values(title).includes(named),
  );
  if (part) return part;
  throw new CommandError(
    `There is no part “${named}”. The parts are ${listed(parts)}; a new one goes into ${PARTS_FILE}.`,
  );
}

function listed(parts: readonly Part[]): string {
  return parts.map(({ number, title }) => `${number} (${title.en})`).join(", ");
}

function slugsIn(list: string, parts: readonly Part[]): string[] {
  const known = parts.flatMap(({ notes }) => notes);
  const slugs = list.split(/[\s,]+/).filter((slug) => slug !== "");
  const unknown = slugs.find((slug) => !known.includes(slug));
  if (unknown === undefined) return slugs;
  throw new CommandError(
    `There is no note “${unknown}” to read first. ${nearest(unknown, known)}`,
  );
}

/** Asks for what the flags leave open. */
async function complete(
  given: Partial<Record<Flag, string>>,
  parts: readonly Part[],
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
    const choices = flag === "part" ? `: ${listed(parts)}` : "";
    let answer = "";
    do {
      const question = `${QUESTIONS[flag]}${choices}: `;
      answer = (await terminal.question(question).catch(nothing)).trim();
    } while (!isAnswer(flag, answer, parts));
    answers[flag] = answer;
  }
  terminal.close();
  return answers as Record<Flag, string>;
}

/** Ctrl+C or Ctrl+D at a question. */
function nothing(): never {
  throw new CommandError("Nothing was written.");
}

/** Whether the answer will do; says why not. */
function isAnswer(flag: Flag, answer: string, parts: readonly Part[]): boolean {
  try {
    checkAnswer(flag, answer, parts);
    return answer !== "" || flag === "needs";
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

function asFile(parts: readonly Part[]): Promise<string> {
  const written = parts.map(({ title, notes }) => ({ title, notes }));
  return prettier.format(JSON.stringify(written), { parser: "json" });
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
