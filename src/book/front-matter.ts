import { parseFrontmatter } from "@astrojs/internal-helpers/frontmatter";
import { FileError } from "./file-error.ts";

/** A note's file in its two parts. */
export interface Parted {
  frontmatter: Record<string, unknown>;
  /** The line of each key of the front matter. */
  keyLines: ReadonlyMap<string, number>;
  /** The note's text, with blanks in place of the front matter. */
  content: string;
}

/**
 * Takes a note apart as the build does, with the build's own parser: two that
 * differ would let pass here what fails there.
 *
 * @throws FileError if its YAML does not parse
 */
export function partFrontmatter(source: string, file: string): Parted {
  const opening = /^\s*(---|\+{3})/.exec(source)?.[1];
  if (opening === "+++") {
    throw new FileError(
      file,
      1,
      "This is TOML: write the front matter in YAML, between two lines of ---.",
    );
  }
  try {
    const { frontmatter, rawFrontmatter, content } = parseFrontmatter(source, {
      frontmatter: "empty-with-spaces",
    });
    if (Array.isArray(frontmatter)) throw new Error("it is a list of items");
    const above = source.slice(0, source.indexOf(rawFrontmatter)).split("\n");
    return {
      frontmatter,
      keyLines: keyLines(rawFrontmatter, above.length),
      content,
    };
  } catch (error) {
    const { reason, mark } = error as Error & {
      reason?: string;
      mark?: { line: number };
    };
    throw new FileError(
      file,
      (mark?.line ?? 0) + 1,
      `This is no front matter: ${reason ?? (error as Error).message}. It has keys, each once (title: Busy waiting), and text with “: ”, “#” or a bracket at its start needs quotes.`,
    );
  }
}

/** @param first the line of the file on which the YAML begins */
function keyLines(yaml: string, first: number): Map<string, number> {
  const lines = yaml.split("\n").entries();
  return new Map(
    Array.from(lines).flatMap(([index, text]) => {
      const key = /^["']?([\w-]+)["']?\s*:/.exec(text)?.[1];
      return key === undefined ? [] : [[key, first + index]];
    }),
  );
}

/** The strings of a list; none if the value is no list. */
export function asStrings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : [];
}

/** The texts of a mapping by their keys; none if the value is no mapping. */
export function asTexts(value: unknown): Map<string, string> {
  if (typeof value !== "object" || Array.isArray(value)) return new Map();
  return new Map(
    Object.entries(value ?? {}).filter(([, text]) => typeof text === "string"),
  );
}
