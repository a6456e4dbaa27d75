import { existsSync } from "node:fs";
import { filesOf, pythonFilesOf } from "./files.ts";

/** What a program of the book is written in. */
export const PROGRAM_LANGUAGES = ["typescript", "python"] as const;
export type ProgramLanguage = (typeof PROGRAM_LANGUAGES)[number];

/** Their names, which no language of the site translates. */
export const PROGRAM_NAMES: Record<ProgramLanguage, string> = {
  typescript: "TypeScript",
  python: "Python",
};

/** The notes about something of Python itself. */
const ABOUT_PYTHON: ReadonlySet<string> = new Set(["fastapi"]);

/** A program of a slug, by its files from the project's root. */
export interface Program {
  slug: string;
  language: ProgramLanguage;
  example: string;
  test: string;
  evidence: string;
  /** Its evidence among all, and the name of its trace: "python/race". */
  id: string;
}

/** A slug's program in a language, whether it is there or not. */
export function programOf(slug: string, language: ProgramLanguage): Program {
  const isPython = language === "python";
  const { example, test, evidence } = isPython
    ? pythonFilesOf(slug)
    : filesOf(slug);
  const id = isPython ? `python/${slug}` : slug;
  return { slug, language, example, test, evidence, id };
}

/**
 * A slug's programs in the order in which its note shows them, the main one
 * first: that in TypeScript, but where the note is about Python itself.
 *
 * @param isThere whether there is a file
 */
export function programsOf(
  slug: string,
  isThere: (file: string) => boolean = existsSync,
): Program[] {
  const programs = PROGRAM_LANGUAGES.map((one) => programOf(slug, one));
  if (ABOUT_PYTHON.has(slug)) programs.reverse();
  return programs.filter(({ example }) => isThere(example));
}

/** The command that runs a program, as its header says it. */
export function commandOf(
  { slug, language, example }: Program,
  source: string,
): string {
  if (language === "typescript") return `npx tsx ${example}`;
  // Python would take the file for the package that it imports.
  const ownName = new RegExp(`^(?:from|import) ${slug}\\b`, "m");
  return `python3 ${ownName.test(source) ? "-P " : ""}${example}`;
}
