import { z } from "astro/zod";
import { IN_STEP_FILE, noteFile } from "./files.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readAs } from "./json.ts";
import type { Json } from "./json.ts";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

/** A hash of each language's note of one slug. */
export type Pair = Record<Language, string>;

const declaredSchema = z.record(
  z.string(),
  z.strictObject({
    ko: z.string(),
    en: z.string(),
    /** The language whose note already said more, if one did. */
    newer: z.enum(LANGUAGES).optional(),
  }),
);

/** The pairs by slug: `src/content/in-step.json`, which a command writes. */
export type Declared = Readonly<z.infer<typeof declaredSchema>>;
/** The pair as it was when somebody said that both notes say the same. */
export type DeclaredPair = Declared[string];

/**
 * Reads what `src/content/in-step.json` says.
 *
 * @throws FileError with the line if it says something else
 */
export function parseDeclared(text: string): Json<Declared> {
  return readAs(
    declaredSchema,
    text,
    IN_STEP_FILE,
    ([slug = "<slug>"]) =>
      `drop the entry, then npm run in-step ${String(slug)}`,
  );
}

/** Enough of a SHA-256 that no edit meets it by chance; a pair fits a line. */
const HASH_LENGTH = 16;

/**
 * The hashes of today's notes of a slug.
 *
 * @throws if one of the two is not there
 */
export function pairOf(slug: string): Pair {
  const hashes = LANGUAGES.map((language) => {
    const text = readFileSync(noteFile(language, slug), "utf8");
    return [language, textHash(text)];
  });
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

/** The hash of one note's text. */
export function textHash(text: string): string {
  const lines = text.replaceAll("\r\n", "\n");
  const hash = createHash("sha256").update(lines).digest("hex");
  return hash.slice(0, HASH_LENGTH);
}
