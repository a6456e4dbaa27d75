import { allFilesOf } from "../book/files.ts";
import type { Finding } from "./finding.ts";

/** The folders that hold nothing but files of slugs. */
const OF_SLUGS =
  /^(?:examples|tests\/claims|src\/content\/(?:notes|evidence|mutation))\//;

/** The packages that programs in Python import: of all slugs, and of none. */
const OF_ALL = "examples/requirements.txt";

/** A slug is small letters and digits in words joined by hyphens. */
export const SLUG = /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/;

/** Whose file it is; nothing if it is nobody's, or of all. */
export function slugAt(file: string): string | undefined {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const slug = name.replace(/(?:\.test)?\.[^.]+$/, "");
  const isOwn = SLUG.test(slug) && allFilesOf(slug).includes(file);
  return isOwn ? slug : undefined;
}

/** Files that nothing would read. */
export function checkPlaces(files: readonly string[]): Finding[] {
  return files
    .filter((file) => OF_SLUGS.test(file) && file !== OF_ALL)
    .filter((file) => slugAt(file) === undefined)
    .map((file) => ({
      file,
      line: 1,
      message: `Nothing reads this file. The files of a slug (small letters and digits in words joined by hyphens) are: ${allFilesOf("<slug>").join(", ")}.`,
    }));
}
