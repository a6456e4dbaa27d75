import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashesOf } from "../book/code-hash.ts";
import { parseEvidence } from "../book/evidence.ts";
import { FileError } from "../book/file-error.ts";
import { filesOf, IN_STEP_FILE, noteFile, PARTS_FILE } from "../book/files.ts";
import type { Pair } from "../book/in-step.ts";
import { parseDeclared, textHash } from "../book/in-step.ts";
import { readJson } from "../book/json.ts";
import { LANGUAGES } from "../book/languages.ts";
import { parseMutation } from "../book/mutation.ts";
import type { Note, Notes } from "../book/note.ts";
import { parseNote } from "../book/parse-note.ts";
import { parseParts } from "../book/read-parts.ts";
import {
  checkedSource,
  claimSources,
  functionNames,
  numbersIn,
} from "../book/source.ts";
import { decodeText } from "../book/text.ts";
import type { ExampleFiles } from "./check-examples.ts";
import { checkExamples, checkFreshness, unwritten } from "./check-examples.ts";
import { checkInStep } from "./check-in-step.ts";
import { checkNotes } from "./check-notes.ts";
import { checkPlaces, slugAt } from "./check-places.ts";
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
  hashOf: (slug: string) => ExampleFiles["hash"] = hashesOf,
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
      hash: attempt(test, () => hashOf(slug)) ?? {},
    };
  });
  for (const file of texts.keys()) {
    const isOther = file.endsWith(".json") && slugAt(file) === undefined;
    if (isOther && file !== PARTS_FILE && file !== IN_STEP_FILE) {
      readText(file, (text) => readJson(text, file));
    }
  }

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
      ...bySlug(examples),
    }),
    ...checkExamples(examples, notes, unread),
    ...(unread.has(IN_STEP_FILE)
      ? []
      : checkInStep(pairsOf(notes, texts), declared, unread)),
  ];
}

/** Every slug that a file of the book names, in alphabetical order. */
function slugsIn(files: Files): string[] {
  const slugs = [...files.keys()].flatMap((file) => slugAt(file) ?? []);
  return [...new Set(slugs)].sort();
}

/** What the notes are checked against, as far as it can be read. */
function bySlug(examples: readonly ExampleFiles[]) {
  const collect = <T>(of: (files: ExampleFiles) => T | undefined) =>
    new Map(
      examples.flatMap((files): [string, T][] => {
        const value = of(files);
        return value === undefined ? [] : [[files.slug, value]];
      }),
    );
  return {
    // What was recorded of other code would lead astray.
    evidence: collect((files) =>
      checkFreshness(files).length === 0 ? files.evidence : undefined,
    ),
    claims: collect(({ test, slug }) =>
      test === undefined ? undefined : [...claimSources(test, slug).keys()],
    ),
    functions: collect(({ source, slug }) =>
      source === undefined ? undefined : functionNames(source, slug),
    ),
    numbers: collect(({ source, slug }) =>
      source === undefined ? undefined : numbersIn(source, slug),
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
