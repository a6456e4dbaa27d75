/**
 * Two contributors at once: each changes the same book, Git merges what they
 * made file by file, and the check says what is to be done.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { IN_STEP_FILE, PARTS_FILE } from "../../src/book/files.ts";
import type { SmallBook } from "./small-book.ts";
import {
  EVIDENCE,
  filesOfNote,
  findingsIn,
  inStep,
  recorded,
  smallBook,
} from "./small-book.ts";

const EN = "src/content/notes/en/mutex.mdx";
const RECORD = "src/content/evidence/mutex.json";

const folder = mkdtempSync(join(tmpdir(), "merge-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Git makes of one file that both sides have changed. */
function mergedFile(ours: string, base: string, theirs: string): string {
  const paths = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
  const { stdout, status } = spawnSync(
    "git",
    ["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", ...paths],
    { encoding: "utf8" },
  );
  // The number of conflicts; negative for an error.
  expect(status).toBeGreaterThanOrEqual(0);
  expect(status).toBeLessThan(128);
  return stdout;
}

/** The base with a change, and with `in-step.json` as `npm run in-step` writes it. */
function changed(change: (book: SmallBook) => void, isDeclared = true) {
  const book = smallBook();
  book.set(IN_STEP_FILE, inStep(book));
  change(book);
  if (isDeclared) book.set(IN_STEP_FILE, inStep(book));
  return book;
}

/** What both made of the book, as Git merges it. */
function merged(ours: SmallBook, theirs: SmallBook): SmallBook {
  const base = changed(() => {});
  const files = new Set([...ours.keys(), ...theirs.keys()]);
  return new Map(
    Array.from(files, (file): [string, string] => {
      const [a, b, c] = [ours, base, theirs].map((book) => book.get(file));
      if (a === undefined || a === b) return [file, String(c)];
      if (c === undefined || c === b) return [file, String(a)];
      return [file, mergedFile(String(a), String(b ?? ""), String(c))];
    }),
  );
}

const edit =
  (file: string, from: string | RegExp, to: string) => (book: SmallBook) =>
    void book.set(file, String(book.get(file)).replace(from, to));

/** Somebody does what is said: keeps both sides, and drops the marks. */
function withoutMarks(book: SmallBook, file: string): void {
  edit(file, /^(?:<{7}|={7}|>{7}).*\n/gm, "")(book);
}

describe("both add a note to one part", () => {
  const add = (slug: string, ko: string, en: string) =>
    changed((book) => {
      for (const [file, text] of filesOfNote(slug, ko, en, "mutex")) {
        book.set(file, text);
      }
      edit(PARTS_FILE, '["mutex"]', `["mutex", "${slug}"]`)(book);
    });
  const both = merged(
    add("barrier", "장벽", "Barrier"),
    add("latch", "걸쇠", "Latch"),
  );

  test("each alone has nothing to mend", () => {
    expect(findingsIn(add("latch", "걸쇠", "Latch"))).toBe("");
  });

  test("two lists meet, and nothing is said but where", () => {
    expect(findingsIn(both).split("\n")).toEqual([
      `${IN_STEP_FILE}:2: A merge conflict is left here: keep what is right of both sides, and drop the lines with <<<<<<<, ======= and >>>>>>>. Then, for each of these notes that says the same in both languages: npm run in-step <slug>`,
      `${PARTS_FILE}:4: A merge conflict is left here: keep what is right of both sides, and drop the lines with <<<<<<<, ======= and >>>>>>>. Two new notes: keep both slugs.`,
    ]);
  });

  test("who does what is said has nothing to mend", () => {
    const book = new Map(both);
    withoutMarks(book, IN_STEP_FILE);
    edit(
      PARTS_FILE,
      /<{7}[^]*>{7}.*\n/,
      '    "notes": ["mutex", "barrier", "latch"]\n',
    )(book);
    expect(findingsIn(book)).toBe("");
  });
});

describe("both change one note in one language", () => {
  const top = edit(EN, "Text", "Other text");
  const end = edit(EN, "A source.", "Another source.");

  test("and declare it: the declarations meet", () => {
    const book = merged(changed(top), changed(end));
    expect(findingsIn(book)).toMatch(
      new RegExp(`^${IN_STEP_FILE}:2: A merge conflict is left here: [^\n]*$`),
    );
    // Whichever side is kept, neither has seen what both made of it.
    edit(IN_STEP_FILE, /<{7}.*\n(.*\n)={7}[^]*>{7}.*\n/, "$1")(book);
    expect(findingsIn(book)).toBe(
      `src/content/notes/ko/mutex.mdx:1: warning: ${EN} is newer, and readers are told so: say the same here, then npm run in-step mutex`,
    );
  });

  test("and do not declare it: the other language hears that this one is newer", () => {
    const book = merged(changed(top, false), changed(end, false));
    expect(findingsIn(book)).toMatch(
      /^src\/content\/notes\/ko\/mutex\.mdx:1: warning: .* is newer[^\n]*$/,
    );
  });

  test("on one line: the note says where", () => {
    const other = edit(EN, "Text", "Quite another text");
    const book = merged(changed(top, false), changed(other, false));
    expect(findingsIn(book)).toMatch(
      new RegExp(`^${EN}:8: A merge conflict is left here: [^\n]*$`),
    );
  });
});

describe("both record one example", () => {
  const record = (output: string, end: number) =>
    changed((book) =>
      book.set(
        RECORD,
        recorded({
          ...EVIDENCE,
          output: [output],
          spans: [{ name: "job", start: 0, end }],
        }),
      ),
    );

  test("the recordings meet: neither is right", () => {
    expect(findingsIn(merged(record("a", 1), record("b", 2)))).toMatch(
      /^src\/content\/evidence\/mutex\.json:\d+: A merge conflict is left here: [^\n]* Of evidence neither side is right: npm run record mutex$/,
    );
  });

  test("half of one and half of the other is no recording", () => {
    const book = merged(record("a", 1), record("done", 2));
    edit(RECORD, /<{7}.*\n(.*\n)={7}[^]*>{7}.*\n/, "$1")(book);
    expect(findingsIn(book)).toMatch(
      /^src\/content\/evidence\/mutex\.json:1: This was changed after it was recorded, by hand or by a merge/,
    );
  });
});
