import type { YAMLParseError } from "yaml";
import { parse } from "yaml";

/**
 * Reads the YAML of a note's front matter.
 *
 * @param above the lines of the file above the YAML
 * @throws with the file's name and the line if it does not parse
 */
export function parseFrontmatter(
  yaml: string,
  file: string,
  above: number,
): Record<string, unknown> {
  try {
    return (parse(yaml) ?? {}) as Record<string, unknown>;
  } catch (error) {
    const { message, linePos } = error as YAMLParseError;
    const line = above + (linePos?.[0].line ?? 1);
    // The rest is a drawing of the line.
    const said = message.split(/ at line |\n/)[0];
    throw new Error(
      `${file}:${line}: This is no YAML: ${said}. Text with “: ”, “#” or a bracket at its start needs quotes.`,
      { cause: error },
    );
  }
}

/**
 * The line of the file on which each key stands.
 *
 * @param above the lines of the file above the YAML
 */
export function keyLines(yaml: string, above: number): Map<string, number> {
  const lines = yaml.split("\n").entries();
  return new Map(
    Array.from(lines).flatMap(([index, text]) => {
      const key = /^["']?([\w-]+)["']?\s*:/.exec(text)?.[1];
      return key === undefined ? [] : [[key, above + index + 1]];
    }),
  );
}

/** The items of a list as strings; none if the value is no list. */
export function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
