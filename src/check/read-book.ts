import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paragraphsIn } from "../book/comments.ts";
import { hashesOf } from "../book/code-hash.ts";
import { parseEvidence } from "../book/evidence.ts";
import { FileError } from "../book/file-error.ts";
import {
  filesOf,
  IN_STEP_FILE,
  noteFile,
  PARTS_FILE,
  pythonFilesOf,
} from "../book/files.ts";
import type { Pair } from "../book/in-step.ts";
import { parseDeclared, textHash } from "../book/in-step.ts";
import type { Json } from "../book/json.ts";
import { readJson } from "../book/json.ts";
import { LANGUAGES } from "../book/languages.ts";
import { parseMutation } from "../book/mutation.ts";
import type { Note, Notes } from "../book/note.ts";
import { parseNote } from "../book/parse-note.ts";
import type { ProgramLanguage } from "../book/programs.ts";
import { programOf, programsOf } from "../book/programs.ts";
import { parseParts } from "../book/read-parts.ts";
import type { RuntimeId, RuntimeResults } from "../book/runtimes.ts";
import {
  parseReasons,
  parseRuntime,
  REASONS_FILE,
  RUNTIME_IDS,
  runtimeAt,
  runtimeFile,
} from "../book/runtimes.ts";
import {
  checkedSource,
  claimSources,
  functionNames,
  numbersIn,
} from "../book/source.ts";
import { decodeText } from "../book/text.ts";
import { parseVariants, VARIANTS_FILE } from "../book/variants.ts";
import type { ExampleFiles } from "./check-examples.ts";
import { checkExamples, checkFreshness, unwritten } from "./check-examples.ts";
import { checkInStep } from "./check-in-step.ts";
import { checkNotes } from "./check-notes.ts";
import { checkRuntimes } from "./check-runtimes.ts";
import { checkPlaces, slugAt } from "./check-places.ts";
import type { PythonFiles } from "./check-python.ts";
import { checkPython, checkPythonFreshness } from "./check-python.ts";
import { checkVariants } from "./check-variants.ts";
import type { Finding } from "./finding.ts";

/** The files of the book by their path from the project's root, unread. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Where a contributor writes. */
const FOLDERS = ["examples", "tests/claims", "src/content"];

/** What a contributor may have touched, as it is on disk. */
export function readFiles(): Files {
  const found = FOLDERS.flatMap((folder) =>
    globSync(`${folder}/**`, { withFileTypes: true }),
  );
  const paths = found
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"))
    .map(({ parentPath, name }) =>
      join(parentPath, name).replaceAll("\\", "/"),
    );
  return new Map(paths.sort().map((path) => [path, readFileSync(path)]));
}

/**
 * Everything that is wrong with the book, in one go. Of a file that cannot be
 * read that alone is said, and nothing that would follow from it.
 *
 * @param hashOf today's hashes of what a recording of a slug would run
 */
export function checkBook(
  files: Files = readFiles(),
  hashOf: (
    slug: string,
    language: ProgramLanguage,
  ) => ExampleFiles["hash"] = hashesOf,
): Finding[] {
  const findings: Finding[] = checkPlaces([...files.keys()]);
  const unread = new Set(findings.map(({ file }) => file));
  const attempt = <T>(file: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      findings.push(unreadable(file, error));
      unread.add(file);
      return undefined;
    }
  };
  const texts = new Map<string, string>();
  for (const [file, bytes] of files) {
    if (unread.has(file)) continue;
    const text = attempt(file, () => decodeText(bytes, file));
    if (text !== undefined) texts.set(file, text);
  }
  const readText = <T>(
    file: string,
    read: (text: string) => T,
  ): T | undefined => {
    const text = texts.get(file);
    return text === undefined ? undefined : attempt(file, () => read(text));
  };

  const parts = readText(PARTS_FILE, parseParts);
  const declared = readText(IN_STEP_FILE, parseDeclared);
  const notes = Object.fromEntries(
    LANGUAGES.map((language) => {
      const read = slugsIn(files).flatMap((slug): [string, Note][] => {
        const file = noteFile(language, slug);
        const note = readText(file, (source) =>
          parseNote(source, { language, slug, file }),
        );
        if (!note) return [];
        if (note.notText.length === 0) return [[slug, note]];
        unread.add(file);
        findings.push(
          ...note.notText.map(({ line, fault }) => ({
            file,
            line,
            message: fault,
          })),
        );
        return [];
      });
      return [language, new Map(read)];
    }),
  ) as Notes;
  const examples = slugsIn(files).map((slug): ExampleFiles => {
    const { example, test, evidence, mutation } = filesOf(slug);
    return {
      slug,
      source: readText(example, (text) => checkedSource(text, example)),
      test: readText(test, (text) => checkedSource(text, test)),
      evidence: readText(evidence, (text) => parseEvidence(text, slug)),
      mutation: readText(mutation, (text) => parseMutation(text, slug)),
      hash: attempt(test, () => hashOf(slug, "typescript")) ?? {},
    };
  });
  const python = slugsIn(files).map((slug): PythonFiles => {
    const program = programOf(slug, "python");
    const { example, test, evidence } = program;
    return {
      slug,
      source: readText(example, (text) => checkedSource(text, example)),
      test: readText(test, (text) => checkedSource(text, test)),
      evidence: readText(evidence, (text) =>
        parseEvidence(text, slug, program),
      ),
      // Of most slugs there is none.
      hash:
        (files.has(test) && attempt(test, () => hashOf(slug, "python"))) || {},
    };
  });
  const results = new Map(
    RUNTIME_IDS.flatMap((runtime): [RuntimeId, Json<RuntimeResults>][] => {
      const read = (text: string) => parseRuntime(text, runtime);
      const result = readText(runtimeFile(runtime), read);
      return result ? [[runtime, result]] : [];
    }),
  );
  const reasons = files.has(REASONS_FILE)
    ? readText(REASONS_FILE, parseReasons)
    : NO_REASONS;
  const variants = files.has(VARIANTS_FILE)
    ? readText(VARIANTS_FILE, parseVariants)
    : undefined;
  const parsed = [PARTS_FILE, IN_STEP_FILE, REASONS_FILE, VARIANTS_FILE];
  for (const file of texts.keys()) {
    if (!file.endsWith(".json") || parsed.includes(file)) continue;
    if (slugAt(file) !== undefined || runtimeAt(file) !== undefined) continue;
    readText(file, (text) => readJson(text, file));
  }

  const programs = bySlug(examples, python, unread);
  return [
    ...findings,
    ...LANGUAGES.flatMap((language) =>
      [...notes[language].values()].flatMap(({ file }) =>
        unwritten(file, texts.get(file)!),
      ),
    ),
    ...checkNotes({
      notes,
      unread,
      parts: parts?.slugLines,
      ...programs,
    }),
    ...checkExamples(examples, notes, unread),
    ...checkPython(python, unread),
    ...checkRuntimes({ results, reasons }, examples),
    ...(variants
      ? checkVariants(variants, slugsIn(files), programs.evidence)
      : []),
    ...(unread.has(IN_STEP_FILE)
      ? []
      : checkInStep(pairsOf(notes, texts), declared, unread)),
  ];
}

const NO_REASONS: Json<[]> = { value: [], lineOf: () => 1 };

/** Every slug that a file of the book names, in alphabetical order. */
function slugsIn(files: Files): string[] {
  const slugs = [...files.keys()].flatMap((file) => slugAt(file) ?? []);
  return [...new Set(slugs)].sort();
}

/**
 * What the notes are checked against: of a slug's programs together, the main
 * one first, and nothing where one of them cannot be read.
 */
function bySlug(
  examples: readonly ExampleFiles[],
  python: readonly PythonFiles[],
  unread: ReadonlySet<string>,
) {
  const isThere = ({ slug, source, test, evidence }: PythonFiles) =>
    [source, test, evidence].some((file) => file !== undefined) ||
    Object.values(pythonFilesOf(slug)).some((file) => unread.has(file));
  const programs = examples.map((example, index) => {
    const twin = python[index]!;
    const all = programsOf(example.slug, () => true).map((program) => ({
      ...(program.language === "python" ? twin : example),
      program,
    }));
    const isIn = ({ program }: (typeof all)[number]) =>
      program.language !== "python" || isThere(twin);
    return { slug: example.slug, all: all.filter(isIn) };
  });
  type OnDisk = (typeof programs)[number]["all"][number];
  const collect = <T>(of: (files: OnDisk) => readonly T[] | undefined) =>
    new Map(
      programs.flatMap(({ slug, all }): [string, T[]][] => {
        const values = all.map(of);
        const known = values.filter((value) => value !== undefined);
        return known.length < values.length ? [] : [[slug, known.flat()]];
      }),
    );
  return {
    // What was recorded of other code would lead astray.
    evidence: collect(({ program, ...files }) => {
      const check =
        program.language === "python" ? checkPythonFreshness : checkFreshness;
      const isFresh = files.evidence && check(files).length === 0;
      return isFresh ? [files.evidence!] : undefined;
    }),
    claims: collect(({ test, program }) => {
      if (test === undefined) return undefined;
      const ids = claimSources(test, program.test).keys();
      return Array.from(ids, (id) => ({ id, test: program.test }));
    }),
    functions: collect(({ source, program }) =>
      source === undefined ? undefined : functionNames(source, program.example),
    ),
    numbers: collect(({ source, program }) =>
      source === undefined
        ? undefined
        : [...numbersIn(source, program.example)],
    ),
    paragraphs: collect(({ source, program }) =>
      source === undefined ? undefined : paragraphsIn(source, program.example),
    ),
  };
}

/** The hashes of the notes that can be read in both languages. */
function pairsOf(
  notes: Notes,
  texts: ReadonlyMap<string, string>,
): Map<string, Pair> {
  const hash = (note: Note) => textHash(texts.get(note.file)!);
  return new Map(
    [...notes.ko.values()].flatMap((ko): [string, Pair][] => {
      const en = notes.en.get(ko.slug);
      return en ? [[ko.slug, { ko: hash(ko), en: hash(en) }]] : [];
    }),
  );
}

/** What is said of a file that cannot be read. */
function unreadable(file: string, error: unknown): Finding {
  if (error instanceof FileError) {
    return { file: error.file, line: error.line, message: error.fault };
  }
  if (error instanceof RangeError) {
    const message = `Things stand too deep in one another to be read (${error.message}): write it flatter.`;
    return { file, line: 1, message };
  }
  throw error;
}
