import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, inject } from "vitest";

/** A program of a slug, with the file of what its recording measured. */
export interface ProgramFile {
  language: "typescript" | "python";
  example: string;
  command: string;
  evidence: string;
}

/** The programs of a slug, that of its note first: as contributors are told. */
export function programFiles(slug: string): ProgramFile[] {
  const typescript: ProgramFile = {
    language: "typescript",
    example: `examples/${slug}.ts`,
    command: `npx tsx examples/${slug}.ts`,
    evidence: `src/content/evidence/${slug}.json`,
  };
  const example = `examples/${slug}.py`;
  if (!existsSync(example)) return [typescript];
  const isMain = slug === "fastapi";
  const python: ProgramFile = {
    language: "python",
    example,
    // Python would take the file for the package.
    command: `python3 ${isMain ? "-P " : ""}${example}`,
    evidence: `src/content/evidence/python/${slug}.json`,
  };
  return isMain ? [python, typescript] : [typescript, python];
}

/** What a note shows: its main program's evidence, and claims of the other alone. */
export function shownEvidence<E extends { claims: object }>(slug: string): E {
  const [main, other] = programFiles(slug).map(
    ({ evidence }) => JSON.parse(readFileSync(evidence, "utf8")) as E,
  );
  return { ...main!, claims: { ...other?.claims, ...main!.claims } };
}

/** A page of the built site. */
export interface BuiltPage {
  /** Its path inside the site: `/ko/busy-wait/`. */
  path: string;
  html: string;
  document: Document;
  language: string;
}

/** All pages of the built site. */
export function builtPages(): BuiltPage[] {
  const dist = inject("dist");
  return globSync("**/*.html", { cwd: dist })
    .sort()
    .map((file) => {
      const html = readFileSync(join(dist, file), "utf8");
      const path = `/${file.replaceAll("\\", "/").replace(/index\.html$/, "")}`;
      const { document } = parseHTML(html);
      const language = document.documentElement.getAttribute("lang") ?? "";
      return { path, html, document, language };
    });
}

/** Pages of notes: `/ko/busy-wait/`. */
export function isNote({ path, document }: BuiltPage): boolean {
  return (
    /^\/(ko|en)\/[\w-]+\/$/.test(path) &&
    document.querySelector(".kicker") !== null &&
    document.querySelector(".steps") !== null
  );
}

/** A listing is the program; in Korean with its comments in Korean, line by line. */
export function expectListing(
  listing: string,
  source: string,
  language: string,
): void {
  const lines = source.trimEnd().split("\n");
  const told = listing.split("\n");
  expect(told.length).toBe(lines.length);
  const changed = told.filter((line, nth) => line !== lines[nth]);
  expect(changed.length > 2).toBe(language === "ko");
  for (const line of changed) {
    expect(line).toMatch(/[가-힣]|^\s*(?:\/\/|\*|#)?$/);
  }
}
