import { MAX_COLUMNS } from "../book/comments.ts";
import type { Evidence } from "../book/evidence.ts";
import { filesOf, noteFile } from "../book/files.ts";
import { LANGUAGES } from "../book/languages.ts";
import type { Mutation } from "../book/mutation.ts";
import type { Notes } from "../book/note.ts";
import { TO_WRITE } from "../book/to-write.ts";
import { checksumOf } from "../book/checksum.ts";
import {
  claimSources,
  doubledClaims,
  errorOutputs,
  modifiedTests,
  topLevelAwaits,
} from "../book/source.ts";
import { whereItRuns } from "../book/where-it-runs.ts";
import type { Finding } from "./finding.ts";

/** What stands on disk for one slug. */
export interface ExampleFiles {
  slug: string;
  /** The example's source, if it is there. */
  source: string | undefined;
  /** The source of its test, if it is there. */
  test: string | undefined;
  evidence: Evidence | undefined;
  mutation: Mutation | undefined;
  /** Today's hashes of what a recording would run. */
  hash: Partial<Evidence["hash"]>;
}

/** Everything that is wrong with the examples and what belongs to them. */
export function checkExamples(
  files: readonly ExampleFiles[],
  notes: Notes,
  unread: ReadonlySet<string> = new Set(),
): Finding[] {
  return files.flatMap((one) => [
    ...checkCompany(one, notes, unread),
    ...checkHeader(one),
    ...checkImports(one),
    ...checkGuard(one),
    ...checkedWidth(one.source ?? "", filesOf(one.slug).example),
    ...checkAwait(one),
    ...checkErrorOutput(one),
    ...checkFreshness(one),
    ...checkedClaims(one.test ?? "", filesOf(one.slug).test),
    ...checkMutation(one),
    ...checkClaimCount(one),
    ...checkClaimsInBrowser(one),
    ...checkUnwritten(one),
  ]);
}

function checkCompany(
  { slug, source, test: testSource, evidence }: ExampleFiles,
  notes: Notes,
  unread: ReadonlySet<string>,
): Finding[] {
  const { example, test, evidence: record } = filesOf(slug);
  const company: [file: string, isThere: boolean, toDo: string][] = [
    [
      example,
      source !== undefined,
      `write it, or drop what else is of “${slug}”.`,
    ],
    [test, testSource !== undefined, "prove there what the notes claim."],
    [record, evidence !== undefined, `npm run record ${slug}`],
    ...LANGUAGES.map((language): [string, boolean, string] => [
      noteFile(language, slug),
      notes[language].has(slug),
      "write the note.",
    ]),
  ];
  return company
    .filter(([file, isThere]) => !isThere && !unread.has(file))
    .map(([file, , toDo]) => ({
      file: example,
      line: 1,
      message: `There is no ${file}: ${toDo}`,
    }));
}

/** An example is a file that one can copy: nothing of ours, no package. */
function checkImports({ slug, source = "" }: ExampleFiles): Finding[] {
  const { example } = filesOf(slug);
  return source.split("\n").flatMap((text, index) => {
    const from = /(?:\bfrom |\bimport\(?)\s*["']([^"']+)["']/.exec(text)?.[1];
    if (from === undefined || from.startsWith("node:")) return [];
    const message = `imports “${from}”: an example is one file that runs wherever it is copied. Import node: modules only, and write out what you need.`;
    return [{ file: example, line: index + 1, message }];
  });
}

/** The first thing that a reader sees: what it shows, and how to run it. */
function checkHeader({ slug, source }: ExampleFiles): Finding[] {
  if (source === undefined) return [];
  const { example } = filesOf(slug);
  const command = `npx tsx ${example}`;
  const [header = ""] = source.split("*/");
  const isThere = /^\/\*\*\n \* \S/.test(source) && header.includes(command);
  if (isThere) return [];
  const message = `An example opens with a comment /** … */ that says what it shows and has its command: ${command}`;
  return [{ file: example, line: 1, message }];
}

/** The page and the tests import an example without running it. */
const GUARD = "if (import.meta.main ?? true) main();";

function checkGuard({ slug, source }: ExampleFiles): Finding[] {
  if (source === undefined) return [];
  const { example } = filesOf(slug);
  const lines = source.trimEnd().split("\n");
  if (lines.at(-1)!.endsWith(GUARD)) return [];
  const message = `An example ends with the line: ${GUARD} Page and tests import it without running it.`;
  return [{ file: example, line: lines.length, message }];
}

/** The lines of a program that are too wide. */
export function checkedWidth(source: string, file: string): Finding[] {
  return source.split("\n").flatMap((text, index) => {
    if (text.length <= MAX_COLUMNS) return [];
    const message = `This line has ${text.length} columns: break it at ${MAX_COLUMNS}.`;
    return [{ file, line: index + 1, message }];
  });
}

/** Copied alone into a folder, a file may be taken for CommonJS. */
function checkAwait({ slug, source = "" }: ExampleFiles): Finding[] {
  const { example } = filesOf(slug);
  const message =
    "await stands outside of a function here: copied alone into a folder, the file may be taken for CommonJS, which has no such thing. Put it into main().";
  return topLevelAwaits(source, example).map((line) => ({
    file: example,
    line,
    message,
  }));
}

/** What an example tells goes to one place, which the page shows. */
function checkErrorOutput({ slug, source = "" }: ExampleFiles): Finding[] {
  const { example } = filesOf(slug);
  return errorOutputs(source, example).map(({ line, text }) => ({
    file: example,
    line,
    message: `${text} writes to standard error, which no page shows: use console.log.`,
  }));
}

/** What is wrong with claims, whatever their program is written in. */
export function checkedClaims(test: string, file: string): Finding[] {
  // A claim that is left out proves nothing, and one alone leaves out the rest.
  const modified = modifiedTests(test, file).map(({ line, text, name }) => ({
    file,
    line,
    message: `${text} leaves claims out of the run: write ${name}(…). A claim that not every machine can measure says what it \`needs\`.`,
  }));
  // A claim's id names its sentence.
  const doubled = doubledClaims(test, file).map(({ id, line }) => ({
    file,
    line,
    message: `There is a claim “${id}” already: name one of the two otherwise.`,
  }));
  return [...modified, ...doubled];
}

/** One claim is a remark; a note stands on two at the least. */
const FEWEST_CLAIMS = 2;

function checkClaimCount({ slug, test }: ExampleFiles): Finding[] {
  if (test === undefined) return [];
  const { test: file } = filesOf(slug);
  const count = claimSources(test, file).size;
  if (count >= FEWEST_CLAIMS) return [];
  const message = `Claims in here: ${count}. A note has ${FEWEST_CLAIMS} at the least.`;
  return [{ file, line: 1, message }];
}

/** A file of claims is loaded as a whole, in a reader's browser too. */
function checkClaimsInBrowser({
  slug,
  source,
  test = "",
}: ExampleFiles): Finding[] {
  if (source === undefined || whereItRuns(source) === "node") return [];
  const { test: file } = filesOf(slug);
  return test.split("\n").flatMap((text, index) => {
    const [, module] = /\bfrom "(node:[^"]+)"/.exec(text) ?? [];
    if (module === undefined) return [];
    const message = `imports “${module}”, and readers prove the claims in their browsers: import("${module}") where a claim uses it, and say so in its needs.`;
    return [{ file, line: index + 1, message }];
  });
}

function checkUnwritten({ slug, source, test }: ExampleFiles): Finding[] {
  const files = filesOf(slug);
  return [
    ...unwritten(files.example, source ?? ""),
    ...unwritten(files.test, test ?? ""),
  ];
}

/** The lines on which something is still to be written. */
export function unwritten(file: string, source: string): Finding[] {
  return source.split("\n").flatMap((text, index) => {
    const at = text.indexOf(TO_WRITE);
    if (at < 0) return [];
    const what = text
      .slice(at + TO_WRITE.length)
      .replace(/<\/?\w+>|\*\//g, "")
      .trim();
    return [
      {
        file,
        line: index + 1,
        message: `Still to write: ${what || text.trim()}`,
      },
    ];
  });
}

/** Evidence is what a recording wrote, of the code as it is. */
export function checkFreshness({
  slug,
  evidence,
  hash,
}: Pick<ExampleFiles, "slug" | "evidence" | "hash">): Finding[] {
  return checkedFreshness(evidence, hash, {
    ...filesOf(slug),
    measuring: "Code behind #claim or of the recorder",
    mend: `npm run record ${slug}`,
  });
}

/** The same, by files of a program, what measures it, and what records it. */
export function checkedFreshness(
  evidence: Evidence | undefined,
  hash: Partial<Evidence["hash"]>,
  files: Record<"example" | "test" | "evidence" | "measuring" | "mend", string>,
): Finding[] {
  if (!evidence) return [];
  const { checksum } = evidence;
  if (checksum !== checksumOf(evidence)) {
    const fault = checksum
      ? "This was changed after it was recorded, by hand or by a merge (its checksum is another's)"
      : "This has no checksum, so that nobody can tell it from what was written by hand";
    const message = `${fault}: ${files.mend}`;
    return [{ file: files.evidence, line: 1, message }];
  }
  const measured = {
    example: files.example,
    test: `${files.test}, or what it imports,`,
    measuring: files.measuring,
  };
  return (["example", "test", "measuring"] as const)
    .filter((of) => hash[of] !== undefined && hash[of] !== evidence.hash[of])
    .map((of) => ({
      file: files.evidence,
      line: 1,
      message: `${measured[of]} changed after this was recorded: ${files.mend}`,
    }));
}

/** A warning: the pages leave out a score of other code, and CI takes it anew. */
function checkMutation({ slug, mutation, hash }: ExampleFiles): Finding[] {
  if (!mutation) return [];
  const files = filesOf(slug);
  return (["example", "test"] as const)
    .filter((of) => hash[of] !== undefined && hash[of] !== mutation.hash[of])
    .map((of) => ({
      file: files.mutation,
      line: 1,
      message: `${files[of]} changed after its broken versions were tried: npm run mutate ${slug}`,
      isWarning: true,
    }));
}
