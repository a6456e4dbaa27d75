import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { SLUGS } from "../book/parts.ts";
import { hashesOf } from "../book/code-hash.ts";
import { evidenceSchema } from "../book/evidence.ts";
import { filesOf, IN_STEP_FILE } from "../book/files.ts";
import { claimSources, functionNames, numbersIn } from "../book/source.ts";
import type { Declared, Pair } from "../book/in-step.ts";
import { pairOf } from "../book/in-step.ts";
import { LANGUAGES } from "../book/languages.ts";
import { mutationSchema } from "../book/mutation.ts";
import type { Note, Notes } from "../book/note.ts";
import { parseNote } from "../book/parse-note.ts";
import { noteFiles } from "../book/read-notes.ts";
import type { ExampleFiles } from "./check-examples.ts";
import { checkExamples, unwritten } from "./check-examples.ts";
import { checkInStep } from "./check-in-step.ts";
import type { Book } from "./book.ts";
import { checkNotes } from "./check-notes.ts";
import type { Finding } from "./finding.ts";

/** Everything that is wrong with what is on disk, in one go. */
export function checkBook(): Finding[] {
  const findings: Finding[] = [];
  const notes = readAllNotes(findings);
  const files = readExamples(findings);
  const sources = files.flatMap(({ slug, source }) =>
    source === undefined ? [] : [{ slug, source }],
  );
  const book: Book = {
    notes,
    slugs: SLUGS,
    evidence: new Map(
      files.flatMap(({ slug, evidence }) =>
        evidence ? [[slug, evidence] as const] : [],
      ),
    ),
    claims: new Map(
      files.flatMap(({ slug, test }) =>
        test === undefined
          ? []
          : [[slug, [...claimSources(test, slug).keys()]]],
      ),
    ),
    functions: new Map(
      sources.map(({ slug, source }) => [slug, functionNames(source, slug)]),
    ),
    numbers: new Map(
      sources.map(({ slug, source }) => [slug, numbersIn(source, slug)]),
    ),
  };
  return [
    ...findings,
    ...checkNotes(book),
    ...checkExamples(files, notes),
    ...checkInStep(readPairs(notes), readDeclared()),
  ];
}

/** The hashes of the notes that are there in both languages. */
function readPairs(notes: Notes): Map<string, Pair> {
  const slugs = [...notes.ko.keys()].filter((slug) => notes.en.has(slug));
  return new Map(slugs.map((slug) => [slug, pairOf(slug)]));
}

function readDeclared(): Declared {
  if (!existsSync(IN_STEP_FILE)) return {};
  return JSON.parse(readFileSync(IN_STEP_FILE, "utf8")) as Declared;
}

/** The notes that can be read; a finding for each that cannot. */
function readAllNotes(findings: Finding[]): Notes {
  const read = LANGUAGES.map((language) => {
    const notes = noteFiles(language).flatMap((of): [string, Note][] => {
      const { slug, file } = of;
      try {
        const source = readFileSync(file, "utf8");
        findings.push(...unwritten(file, source));
        return [[slug, parseNote(source, of)]];
      } catch (error) {
        findings.push(unreadable(file, error));
        return [];
      }
    });
    return [language, new Map(notes)] as const;
  });
  return Object.fromEntries(read) as Notes;
}

/** What is there for each slug that an example, a test or evidence names. */
function readExamples(findings: Finding[]): ExampleFiles[] {
  const named = Object.values(filesOf("*")).flatMap((files) => globSync(files));
  const slugs = new Set(named.map((file) => basename(file).split(".")[0]!));
  return [...slugs].sort().map((slug) => {
    const { example, test, evidence, mutation } = filesOf(slug);
    return {
      slug,
      source: existsSync(example) ? readFileSync(example, "utf8") : undefined,
      test: existsSync(test) ? readFileSync(test, "utf8") : undefined,
      evidence: readWritten(evidence, "record", evidenceSchema, findings),
      mutation: readWritten(mutation, "mutate", mutationSchema, findings),
      hash: hashesOf(slug),
    };
  });
}

/** What a command has written, if it is there; a finding if it is not that. */
function readWritten<Written>(
  file: string,
  script: "record" | "mutate",
  schema: { parse: (json: unknown) => Written },
  findings: Finding[],
): Written | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const slug = basename(file, ".json");
    const message = `This is not what npm run ${script} writes: npm run ${script} ${slug}. ${(error as Error).message}`;
    findings.push({ file, line: 1, message });
    return undefined;
  }
}

/** What the parser says, with the line in front of it if it names one. */
function unreadable(file: string, error: unknown): Finding {
  const [, line = "1", message = (error as Error).message] =
    /^[^:]+:(\d+): ([^]*)$/.exec((error as Error).message) ?? [];
  return { file, line: Number(line), message };
}
