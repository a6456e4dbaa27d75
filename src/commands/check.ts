/** `npm run check [slug …]`: says what is wrong with the notes, all at once. */
import { nearest } from "../book/nearest.ts";
import { allFilesOf } from "../book/files.ts";
import type { Finding } from "../check/finding.ts";
import { report } from "../check/finding.ts";
import { command } from "./frame/command.ts";
import { slugAt } from "../check/check-places.ts";
import { checkBook, readFiles } from "../check/read-book.ts";

const USAGE = `Usage: npm run check -- [slug …]

  slug   whose note, example, test and evidence; all of them if none is named`;

export const main = command({ usage: USAGE, options: {}, run });

function run(_: object, slugs: string[]): number {
  const files = readFiles();
  const all = checkBook(files);
  const known = [...files.keys()].flatMap((file) => slugAt(file) ?? []);
  const findings =
    slugs.length === 0
      ? all
      : all.filter((finding) => slugs.some((slug) => isAbout(finding, slug)));
  const unknown = slugs.filter(
    (slug) =>
      !known.includes(slug) &&
      !findings.some((finding) => isAbout(finding, slug)),
  );
  for (const slug of unknown) {
    console.error(`There is no “${slug}”. ${nearest(slug, known)}`);
  }
  if (findings.length > 0) console.error(report(findings));
  const faults = findings.filter(({ isWarning }) => !isWarning);
  if (faults.length + unknown.length > 0) return 1;
  console.log("Nothing to mend.");
  return 0;
}

/** What is wrong with a file of all is about each of them. */
function isAbout({ file, slug: named }: Finding, slug: string): boolean {
  if (named !== undefined) return named === slug;
  return allFilesOf(slug).includes(file) || slugAt(file) === undefined;
}

if (import.meta.main) process.exitCode = await main();
