import { noteFile } from "./files.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

/**
 * A hash of each language's note of one slug, as both were when somebody said
 * that they say the same. An empty one stands for a note that already said
 * more than the other.
 */
export type Pair = Record<Language, string>;

/** The pairs by slug: `src/content/in-step.json`, which a command writes. */
export type Declared = Readonly<Record<string, Pair>>;

/** Enough of a SHA-256 that no edit meets it by chance; a pair fits a line. */
const HASH_LENGTH = 16;

/**
 * The hashes of today's notes of a slug.
 *
 * @throws if one of the two is not there
 */
export function pairOf(slug: string): Pair {
  const hashes = LANGUAGES.map((language) => [
    language,
    textHash(noteFile(language, slug)),
  ]);
  return Object.fromEntries(hashes) as Pair;
}

/**
 * The languages whose note changed since the pair was declared in step. One
 * alone is the newer one; of two nobody knows which.
 */
export function changedSince(declared: Pair, today: Pair): Language[] {
  return LANGUAGES.filter((language) => declared[language] !== today[language]);
}

function textHash(file: string): string {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  const hash = createHash("sha256").update(text).digest("hex");
  return hash.slice(0, HASH_LENGTH);
}
