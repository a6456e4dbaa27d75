/** `npm run check [slug …]`: says what is wrong with the notes, all at once. */
import { parseArgs } from "node:util";
import { SLUGS } from "../book/parts.ts";
import { nearest } from "../book/nearest.ts";
import { allFilesOf } from "../book/files.ts";
import { report } from "../check/finding.ts";
import { checkBook } from "../check/read-book.ts";

const USAGE = `Usage: npm run check -- [slug …]

  slug   whose note, example, test and evidence; all of them if none is named`;

try {
  const { positionals, values } = parseArgs({
    options: { help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) console.log(USAGE);
  else check(positionals);
} catch (error) {
  if (!String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS")) {
    throw error;
  }
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}

function check(slugs: readonly string[]): void {
  const all = checkBook();
  const files = new Set(slugs.flatMap(allFilesOf));
  const findings =
    slugs.length === 0 ? all : all.filter(({ file }) => files.has(file));
  const unknown = slugs.filter(
    (slug) => !SLUGS.includes(slug) && findings.length === 0,
  );
  for (const slug of unknown) {
    console.error(`There is no “${slug}”. ${nearest(slug, SLUGS)}`);
  }
  if (findings.length > 0) console.error(report(findings));
  const faults = findings.filter(({ isWarning }) => !isWarning);
  if (faults.length + unknown.length > 0) process.exitCode = 1;
  else console.log("Nothing to mend.");
}
