/**
 * Mistakes that contributors make in a program of Python, each made on a book
 * that has nothing to mend: one message, with file, line, fault and way out.
 */
import { expect, test } from "vitest";
import type { Mistake } from "./small-book.ts";
import {
  change,
  drop,
  EVIDENCE,
  findingsIn,
  recorded,
  smallBook,
  withPython,
  write,
} from "./small-book.ts";

const PROGRAM = "examples/mutex.py";
const TEST = "tests/claims/python/mutex.test.ts";
const RECORD = "src/content/evidence/python/mutex.json";
const EN = "src/content/notes/en/mutex.mdx";
const KO = "src/content/notes/ko/mutex.mdx";

function made(...mistakes: Mistake[]): string[] {
  const book = withPython(smallBook());
  for (const mistake of mistakes) mistake(book);
  return findingsIn(book).split("\n");
}

test("the book has nothing to mend before", () => {
  expect(made()).toEqual([""]);
});

test.each<[what: string, mistake: Mistake, said: string]>([
  [
    "no program",
    drop(PROGRAM),
    `${PROGRAM}:1: There is no ${PROGRAM}: write it, or drop what else is of “mutex” in Python.`,
  ],
  [
    "no claims",
    drop(TEST),
    `${PROGRAM}:1: There is no ${TEST}: prove there what the program shows.`,
  ],
  [
    "no evidence",
    drop(RECORD),
    `${PROGRAM}:1: There is no ${RECORD}: npm run record -- mutex --in python`,
  ],
  [
    "evidence changed by hand",
    change(RECORD, '"done"', '"done!"'),
    `${RECORD}:1: This was changed after it was recorded, by hand or by a merge (its checksum is another's): npm run record -- mutex --in python`,
  ],
  [
    "evidence of another program",
    write(
      RECORD,
      recorded({ ...EVIDENCE, hash: { ...EVIDENCE.hash, example: "9" } }),
    ),
    `${RECORD}:1: ${PROGRAM} changed after this was recorded: npm run record -- mutex --in python`,
  ],
  [
    "evidence of other code that measures",
    write(
      RECORD,
      recorded({ ...EVIDENCE, hash: { ...EVIDENCE.hash, measuring: "9" } }),
    ),
    `${RECORD}:1: Code behind #python or of the recorder changed after this was recorded: npm run record -- mutex --in python`,
  ],
  [
    "half of a merge",
    change(
      PROGRAM,
      "import sys\n",
      "<<<<<<< HEAD\nimport sys\n=======\n>>>>>>> theirs\n",
    ),
    `${PROGRAM}:6: A merge conflict is left here: keep what is right of both sides`,
  ],
  [
    "CP949",
    (book) =>
      book.set(
        PROGRAM,
        Buffer.concat([
          Buffer.from(String(book.get(PROGRAM))),
          // 한
          Uint8Array.from([0x23, 0x20, 0xc7, 0xd1, 0x0a]),
        ]),
      ),
    `${PROGRAM}:16: This file is CP949 (EUC-KR), not UTF-8`,
  ],
  [
    "a bracket that does not close",
    change(PROGRAM, 'print("done")', 'print("done"'),
    `${PROGRAM}:11: This is no Python: A bracket lacks its “)”.`,
  ],
  [
    "a quote that does not close",
    change(PROGRAM, 'print("done")', 'print("done)'),
    `${PROGRAM}:11: This is no Python: A quote does not close.`,
  ],
  [
    "the command of another program",
    change(PROGRAM, "examples/mutex.py", "examples/race.py"),
    `${PROGRAM}:1: A program opens with a docstring """…""" that says what it shows and has its command on a line: python3 examples/mutex.py`,
  ],
  [
    "no guard",
    change(PROGRAM, /if __name__[\s\S]*/, "main()\n"),
    `${PROGRAM}:14: A program ends with if __name__ == "__main__":`,
  ],
  [
    "a line behind the guard",
    change(PROGRAM, /$/, "main()\n"),
    `${PROGRAM}:16: A program ends with if __name__ == "__main__":`,
  ],
  [
    "an import of ours",
    change(
      PROGRAM,
      "import sys",
      "import sys\nfrom .race import main as other",
    ),
    `${PROGRAM}:7: from .race: a program is one file that runs wherever it is copied.`,
  ],
  [
    "a word to standard error",
    change(PROGRAM, 'print("done")', 'print("done", file=sys.stderr)'),
    `${PROGRAM}:11: sys.stderr writes to standard error, which no page shows: use print.`,
  ],
  [
    "a line that is too wide",
    change(PROGRAM, "    print", `    "${"x".repeat(80)}"\n    print`),
    `${PROGRAM}:11: This line has 86 columns: break it at 80.`,
  ],
  [
    "something to write",
    change(PROGRAM, "    print", "    # TODO the wait\n    print"),
    `${PROGRAM}:11: Still to write: the wait`,
  ],
  [
    "claims that import their program",
    change(TEST, /^/, 'import { main } from "../x.ts";\n'),
    `${TEST}:1: imports “../x.ts”: claims about a program in Python import #python and nothing else.`,
  ],
  [
    "a claim that is left out",
    change(TEST, 'claim("second"', 'claim.skip("second"'),
    `${TEST}:4: claim.skip leaves claims out of the run: write claim(…).`,
  ],
  [
    "claims in the folder of the others",
    write("tests/claims/python/Mutex.test.ts", ""),
    "tests/claims/python/Mutex.test.ts:1: Nothing reads this file. The files of a slug",
  ],
])("%s", (_, mistake, said) => {
  const found = made(mistake);
  expect(found[0]).toContain(said);
  expect(found).toHaveLength(1);
});

test("a claim that Python alone proves has to be stated", () => {
  const found = made(change(TEST, /$/, 'claim("third", {});\n'));
  expect(found).toEqual(
    ["en", "ko"].map(
      (language) =>
        `src/content/notes/${language}/mutex.mdx:1: ${TEST} proves “third”, and no sentence states it: <Claim id="third">…</Claim>.`,
    ),
  );
});

test("a claim that neither proves may not be stated", () => {
  const found = made(change(EN, 'id="first"', 'id="fist"'));
  expect(found.join()).toContain(
    `tests/claims/mutex.test.ts and ${TEST} have no claim “fist”. Did you mean first`,
  );
});

test("what Python's page shows needs its Korean", () => {
  const spans = [{ name: "a thread", start: 0, end: 1 }];
  const found = made(write(RECORD, recorded({ ...EVIDENCE, spans })));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(
    "words: the page shows “a thread”: add the Korean",
  );
});

test("a time of the text may be a number of either program", () => {
  const found = made(change(EN, "Text", "It takes 250 ms. Text"));
  expect(found).toHaveLength(1);
  expect(found[0]).not.toContain("250 ms");
});

test.each([
  ["main", "TypeScript"],
  ["deposit", "Python"],
])("a function may be shown: %s, that only %s has", (name) => {
  const shown = `<Example show="${name}" />\n\n<Example />`;
  const found = made(
    change(PROGRAM, /\bmain\(/g, "deposit("),
    change(EN, "<Example />", shown),
    change(KO, "<Example />", shown),
  );
  expect(found).toEqual([""]);
});
