import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

/** The parts of the book and their notes in reading order. */
export const PARTS_FILE = "src/content/parts.json";
/** Which claim and run the home page shows. */
export const HOME_FILE = "src/content/home.json";
/** What both languages of each note said when they last said the same. */
export const IN_STEP_FILE = "src/content/in-step.json";

/** The files of a slug but its notes, from the project's root. */
export function filesOf(slug: string): {
  example: string;
  test: string;
  evidence: string;
  /** How many broken versions of the example its claims catch. */
  mutation: string;
} {
  return {
    example: `examples/${slug}.ts`,
    test: `tests/claims/${slug}.test.ts`,
    evidence: `src/content/evidence/${slug}.json`,
    mutation: `src/content/mutation/${slug}.json`,
  };
}

/** The files of a slug's program in Python, from the project's root. */
export function pythonFilesOf(slug: string): {
  example: string;
  test: string;
  evidence: string;
} {
  return {
    example: `examples/${slug}.py`,
    test: `tests/claims/python/${slug}.test.ts`,
    evidence: `src/content/evidence/python/${slug}.json`,
  };
}

/** The note of a slug, or of all slugs (`"*"`), from the project's root. */
export function noteFile(language: Language, slug: string): string {
  return `src/content/notes/${language}/${slug}.mdx`;
}

/** All the files of a slug, from the project's root. */
export function allFilesOf(slug: string): string[] {
  const notes = LANGUAGES.map((language) => noteFile(language, slug));
  const python = Object.values(pythonFilesOf(slug));
  return [...Object.values(filesOf(slug)), ...python, ...notes];
}

/** Whose note a file is; nothing if it is none. */
export function noteAt(
  file: URL | undefined,
): { language: Language; slug: string } | undefined {
  if (!file?.pathname.includes("/src/content/notes/")) return undefined;
  const path = fileURLToPath(file);
  const language = LANGUAGES.find((one) => one === basename(dirname(path)));
  return language && { language, slug: basename(path, ".mdx") };
}
