import { noteFile } from "../book/files.ts";
import { gzipSync } from "node:zlib";
import type { Language } from "../book/languages.ts";
import type { Finding } from "./finding.ts";

/** What a note's page may weigh, in bytes, with all that it needs. */
export const MOST_BYTES = 14_000;

/** Whether a note's built page is over its weight, gzip -9. */
export function checkWeight(
  language: Language,
  slug: string,
  html: string,
): Finding[] {
  const bytes = gzipSync(html, { level: 9 }).length;
  if (bytes <= MOST_BYTES) return [];
  return [
    {
      file: noteFile(language, slug),
      line: 1,
      message: `The page weighs ${bytes} bytes, gzip -9, and ${MOST_BYTES} at the most: shorten examples/${slug}.ts, which stands in the page, mark fewer moments in it, or drop an <Example show="…" />.`,
    },
  ];
}
