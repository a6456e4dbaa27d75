import { noteFile } from "./files.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

/** A hash of each language's note of one slug. */
export type Pair = Record<Language, string>;

/** The pair as it was when somebody said that both notes say the same. */
export interface DeclaredPair extends Pair {
  /** The language whose note already said more, if one did. */
  newer?: Language;
}

/** The pairs by slug: `src/content/in-step.json`, which a command writes. */
export type Declared = Readonly<Record<string, DeclaredPair>>;

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
export function changedSince(declared: DeclaredPair, today: Pair): Language[] {
  return LANGUAGES.filter(
    (language) =>
      language === declared.newer || declared[language] !== today[language],
  );
}

function textHash(file: string): string {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  const hash = createHash("sha256").update(text).digest("hex");
  return hash.slice(0, HASH_LENGTH);
}
