import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { filesOf } from "./files.ts";

/** The slugs of all examples, in alphabetical order. */
export function allExamples(): string[] {
  return globSync("examples/*.ts")
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** What to say of a slug that no example has; nothing if one has it. */
export function unknownExample(slug: string): string | undefined {
  const { example } = filesOf(slug);
  if (existsSync(example)) return undefined;
  return `There is no ${example}. The examples are: ${allExamples().join(", ")}.`;
}
