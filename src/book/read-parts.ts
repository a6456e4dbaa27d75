import { z } from "astro/zod";
import { PARTS_FILE } from "./files.ts";
import { readAs } from "./json.ts";
import type { Part } from "./parts.ts";

const title = z.string().trim().min(1);
const partsSchema = z.array(
  z.strictObject({
    title: z.strictObject({ ko: title, en: title }),
    notes: z.array(z.string()),
  }),
);

/** The parts, and the line of each slug in their order. */
export interface ReadParts {
  parts: Part[];
  slugLines: [slug: string, line: number][];
}

/**
 * Reads what `src/content/parts.json` says, as it is now: what is imported from
 * it is as it was when the process began.
 *
 * @throws FileError with the line if it says something else
 */
export function parseParts(text: string): ReadParts {
  const { value, lineOf } = readAs(
    partsSchema,
    text,
    PARTS_FILE,
    ([index]) =>
      `${index === undefined ? "a part" : `part ${Number(index) + 1}`} is { "title": { "ko": "…", "en": "…" }, "notes": ["slug", …] }.`,
  );
  return {
    parts: value.map((part, index) => ({ number: index + 1, ...part })),
    slugLines: value.flatMap(({ notes }, part) =>
      notes.map((slug, index): [string, number] => [
        slug,
        lineOf([part, "notes", index]),
      ]),
    ),
  };
}
