/**
 * Mistakes that contributors make, each made on a book that has nothing to
 * mend: what is said names file, line, fault and way out, and nothing else is
 * said.
 */
import { pathToFileURL } from "node:url";
import { mdxToJs } from "satteri";
import { describe, expect, test } from "vitest";
import { partFrontmatter } from "../../src/book/front-matter.ts";
import { FEATURES } from "../../src/book/note-tree.ts";
import { onlyText } from "../../src/build/only-text.ts";
import { mendText } from "../../src/book/text.ts";
import type { Mistake, SmallBook } from "./small-book.ts";
import {
  change,
  drop,
  EVIDENCE,
  findingsIn,
  recorded,
  smallBook,
  write,
} from "./small-book.ts";

const KO = "src/content/notes/ko/mutex.mdx";
const EN = "src/content/notes/en/mutex.mdx";
const EXAMPLE = "examples/mutex.ts";
const TEST = "tests/claims/mutex.test.ts";
const RECORD = "src/content/evidence/mutex.json";
const PARTS = "src/content/parts.json";
const IN_STEP = "src/content/in-step.json";
const VARIANTS = "src/content/variants.json";

/** The same in the notes of both languages. */
const inBoth =
  (from: string | RegExp, to: string): Mistake =>
  (book) => {
    change(KO, from, to)(book);
    change(EN, from, to)(book);
  };
const rewrite =
  (file: string, as: (text: string) => string | Uint8Array): Mistake =>
  (book) =>
    void book.set(file, as(String(book.get(file))));

/** What Git leaves where both sides changed the first line. */
const conflicted = (text: string) =>
  text.replace(/^.*\n/, "<<<<<<< HEAD\n$&=======\n$&>>>>>>> theirs\n");

/** The inverse of the decoder, which is all that the platform has. */
function cp949(text: string): Uint8Array {
  const decoder = new TextDecoder("euc-kr");
  const bytes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const pair = [lead, trail];
      bytes.set(decoder.decode(Uint8Array.from(pair)), pair);
    }
  }
  return Uint8Array.from(
    Array.from(text, (one) => bytes.get(one) ?? one.charCodeAt(0)).flat(),
  );
}

/** Makes a mistake; gives what is said of it. */
function made(mistake: Mistake): string[] {
  const book = smallBook();
  mistake(book);
  return findingsIn(book).split("\n");
}

test("the book has nothing to mend before", () => {
  expect(made(() => {})).toEqual([""]);
});

type Row = [what: string, mistake: Mistake, said: string | RegExp];

/** One mistake, one message. */
function each(rows: readonly Row[]): void {
  test.each(rows)("%s", (_, mistake, said) => {
    const found = made(mistake);
    expect(found[0]).toMatch(said);
    expect(found).toHaveLength(1);
  });
}

describe("evidence changed by hand", () => {
  const changed = `${RECORD}:1: This was changed after it was recorded, by hand or by a merge (its checksum is another's): npm run record mutex`;
  each([
    ["its output", change(RECORD, '"done"', '"done!"'), changed],
    ["a span", change(RECORD, '"end": 1', '"end": 2'), changed],
    [
      "a subject's figure",
      change(RECORD, /"subject": \[\s*1/, '"subject": [2'),
      changed,
    ],
    ["the machine", change(RECORD, '"cpu": ""', '"cpu": "M9"'), changed],
    [
      "the checksum",
      change(RECORD, /"checksum": ".{8}/, '"checksum": "00000000'),
      changed,
    ],
    [
      "no checksum",
      write(RECORD, JSON.stringify(EVIDENCE)),
      `${RECORD}:1: This has no checksum, so that nobody can tell it from what was written by hand: npm run record mutex`,
    ],
    [
      "a field too many",
      change(RECORD, '"output"', '"outcome": 1,\n  "output"'),
      /evidence\/mutex\.json:1: Wrong \(Unrecognized key: "outcome"\): a recording writes this file: npm run record mutex/,
    ],
    [
      "a figure that is no number",
      change(RECORD, /"subject": \[\s*1/, '"subject": ["1"'),
      /evidence\/mutex\.json:\d+: “claims\.first\.subject\.0” is wrong \(.*\): a recording writes this file/,
    ],
    [
      "a bound that there is not",
      change(RECORD, '"is": "="', '"is": "~"'),
      /“claims\.first\.bound\.is” is wrong/,
    ],
    [
      "a figure dropped",
      change(RECORD, /"subject": \[\s*1\s*\]/, '"subject": []'),
      /“claims\.first\.subject” is wrong/,
    ],
    [
      "made of the second claim",
      change(RECORD, '"second"', '"third"'),
      changed,
    ],
  ]);
});

describe("text that is stored another way", () => {
  const files = [KO, EN, EXAMPLE, TEST, RECORD, PARTS, IN_STEP];
  const asConflict = (file: string): Mistake =>
    file === IN_STEP
      ? write(file, conflicted("{}\n"))
      : rewrite(file, conflicted);
  each([
    [
      "a note in CP949",
      rewrite(KO, cp949),
      `${KO}:2: This file is CP949 (EUC-KR), not UTF-8: save it as UTF-8 (npm run format does it).`,
    ],
    [
      "a note in UTF-16",
      rewrite(KO, (text) => Buffer.from(`\uFEFF${text}`, "utf16le")),
      `${KO}:1: This file is UTF-16, not UTF-8`,
    ],
    [
      "bytes of no encoding",
      write(KO, Uint8Array.from([0x0a, 0x80, 0xff, 0x0a])),
      `${KO}:2: This is no UTF-8: save it as UTF-8 (your editor's “Save with encoding”).`,
    ],
    [
      "Korean in decomposed letters",
      rewrite(KO, (text) => text.normalize("NFD")),
      `${KO}:2: Letters are decomposed here (Unicode NFD), so that links and search miss them: compose them (npm run format does it).`,
    ],
    [
      "one decomposed word",
      change(EN, "Text", `Text ${"락".normalize("NFD")}`),
      `${EN}:8: Letters are decomposed here`,
    ],
    [
      "a hidden character",
      change(EN, "Text", "Text\u202E"),
      `${EN}:8: A character stands here that no editor shows: delete it`,
    ],
    [
      "a character that was lost",
      change(KO, "정의", "\uFFFD의"),
      `${KO}:4: A character was lost here (�)`,
    ],
    ...files
      .filter((file) => file !== IN_STEP)
      .flatMap((file): Row[] => [
        [
          `CR LF in ${file}`,
          rewrite(file, (text) => text.replaceAll("\n", "\r\n")),
          `${file}:1: Lines end with CR LF here: let them end with LF (npm run format does it).`,
        ],
        [
          `a byte order mark in ${file}`,
          rewrite(file, (text) => `\uFEFF${text}`),
          `${file}:1: The file begins with a byte order mark`,
        ],
      ]),
    ...files.map((file): Row => [
      `a merge conflict in ${file}`,
      asConflict(file),
      `${file}:1: A merge conflict is left here: keep what is right of both sides`,
    ]),
    [
      "the rest of a merge conflict",
      change(EXAMPLE, "export function", ">>>>>>> theirs\nexport function"),
      `${EXAMPLE}:7: A merge conflict is left here`,
    ],
  ]);

  test("is mended by npm run format, but for what needs a decision", () => {
    const right = String(smallBook().get(KO));
    for (const bytes of [
      cp949(right),
      Buffer.from(`\uFEFF${right}`, "utf16le"),
      Buffer.from(`\uFEFF${right.normalize("NFD")}`.replaceAll("\n", "\r\n")),
    ]) {
      expect(mendText(bytes)).toBe(right);
    }
    expect(mendText(Uint8Array.from([0x80, 0xff]))).toBeUndefined();
    expect(mendText(Buffer.from(conflicted(right)))).toBe(conflicted(right));
  });
});

describe("code in a note", () => {
  const isCode = /:\d+: .*code, and a note is text/;
  const rows: Row[] = [
    [
      "import",
      inBothOnce('import fs from "node:fs";'),
      `${EN}:8: import and export are code, and a note is text: drop the line.`,
    ],
    ["export", inBothOnce("export const a = 1;"), isCode],
    [
      "an expression",
      change(EN, "Text", "Text {process.env.HOME}"),
      `${EN}:8: {…} is code, and a note is text: write \`{…}\` for code, and \\{ for a brace.`,
    ],
    ["an expression as a block", inBothOnce("{process.exit()}"), isCode],
    ["a comment", inBothOnce("{/* later */}"), isCode],
    [
      "an expression in an attribute",
      change(EN, "<Example />", "<Example show={main} />"),
      `${EN}:14: “show” of <Example> is a text in quotes: show="…".`,
    ],
    [
      "attributes from an expression",
      change(EN, "<Example />", "<Example {...props} />"),
      `${EN}:14: {…} in <Example> is code`,
    ],
    [
      "an attribute without a value",
      change(EN, "<Example />", "<Example show />"),
      "“show” of <Example> is a text in quotes",
    ],
    [
      "an attribute twice",
      change(EN, "<Example />", '<Example show="main" show="main" />'),
      "“show” of <Example> stands twice: drop one.",
    ],
    [
      "an attribute that a component does not have",
      change(EN, 'id="first"', 'id="first" set:html="x"'),
      `${EN}:12: <Claim> has no “set:html”: it takes id="…".`,
    ],
    [
      "a handler",
      change(EN, 'id="first"', 'id="first" onclick="alert(1)"'),
      "<Claim> has no “onclick”",
    ],
    [
      "an unknown component",
      change(EN, "Text", "<Note>Text</Note>"),
      `${EN}:8: <Note> is no component of a note, which has Markdown, <Claim>, <Example>,`,
    ],
    [
      "a component in small letters",
      change(EN, /<(\/?)Claim/g, "<$1claim"),
      /mutex\.mdx:12: <claim> is no component of a note, which has Markdown, <Claim>/,
    ],
    [
      "a component of the page",
      change(EN, "<Example />", '<Proof id="first" />'),
      "<Proof> is no component of a note",
    ],
    [
      "a fragment",
      change(EN, "Text", "<>Text</>"),
      "<> is no component of a note",
    ],
    [
      "two tildes, which strike out what is between",
      change(EN, "Text", "10~16 ms, and 2~3 more"),
      `${EN}:8: “~” and “~” strike out what is between them: write – for a range, and`,
    ],
    [
      "HTML with a handler",
      change(EN, "Text", '<a href="#" onclick="alert(1)">Text</a>'),
      "<a> is no component of a note",
    ],
    [
      "a script",
      inBothOnce("<script>alert(1)</script>"),
      "<script> is no component of a note",
    ],
    [
      "a member of a component",
      change(EN, "<Example />", "<Claim.constructor />"),
      "<Claim.constructor> is no component of a note",
    ],
    [
      "a name that every object has",
      change(EN, "<Example />", "<constructor />"),
      "<constructor> is no component of a note",
    ],
    [
      "a link that is a script",
      change(EN, "Text", "[Text](javascript:alert(1))"),
      `${EN}:8: “javascript:alert(1)” is no address of a page: write https://….`,
    ],
    [
      "a reference to a script",
      change(EN, "Text", "[Text][1]\n\n[1]: javascript:alert(1)\n\nText"),
      "“javascript:alert(1)” is no address of a page",
    ],
    [
      "a picture from the disk of who builds",
      change(EN, "Text", "![Text](../../../../../secret.png)"),
      "“../../../../../secret.png” is no picture of a note",
    ],
  ];
  each([
    ...rows,
    [
      "a layout",
      change(EN, "needs: []", "needs: []\nlayout: ../x.astro"),
      `${EN}:5: Front matter: there is no key “layout”.`,
    ],
  ]);

  test.each(rows)(
    "%s is refused by the build, too",
    async (_, mistake, said) => {
      const book = smallBook();
      mistake(book);
      await expect(built(book)).rejects.toThrow(said);
    },
  );

  test("the build takes the note that it was made in", async () => {
    expect(await built(smallBook())).toContain("MDXContent");
  });
});

/** The English note as the build compiles it. */
async function built(book: SmallBook): Promise<string> {
  const { content } = partFrontmatter(String(book.get(EN)), EN);
  const { code } = await mdxToJs(content, {
    features: FEATURES,
    fileURL: pathToFileURL(EN),
    mdastPlugins: [onlyText],
  });
  return code;
}

/** A line of its own above the text of the English note. */
function inBothOnce(line: string): Mistake {
  return change(EN, "Text", `${line}\n\nText`);
}

describe("a note that says something else than it should", () => {
  each([
    [
      "an unclosed wiki-link",
      change(EN, "[[race-condition]]", "[[race-condition"),
      `${EN}:8: [[ or ]] stands here alone: write [[slug]] for a link, and \`[[\` for the brackets themselves.`,
    ],
    [
      "a wiki-link that is closed only",
      change(EN, "[[race-condition]]", "race-condition]]"),
      `${EN}:8: [[ or ]] stands here alone`,
    ],
    [
      "a wiki-link to nothing, near in letters",
      change(KO, "[[race-condition]]", "[[경쟁상테]]"),
      `${KO}:11: [[경쟁상테]] leads to no note in “ko”. Did you mean 경쟁 상태,`,
    ],
    [
      "a heading that is nowhere",
      change(EN, "[[race-condition]]", "[[race-condition#no]]"),
      `${EN}:8: [[race-condition#no]] names no heading of src/content/notes/en/race-condition.mdx. Did you mean in-short?`,
    ],
    [
      "an address that is no text",
      change(EN, "Text", "[Text](#%E0%A4%A)"),
      `${EN}:8: “#%E0%A4%A” names no heading of this note. Did you mean in-short?`,
    ],
    [
      "curly quotes around a title",
      change(EN, "title: Mutex", "title: “Mutex”"),
      `${EN}:2: Front matter: “Mutex” has curly quotes around it, and they would be shown: write straight ones ("…"), or none.`,
    ],
    [
      "curly quotes around a definition",
      change(KO, "definition: 정의다.", "definition: “정의다.”"),
      `${KO}:4: Front matter: “정의다.” has curly quotes`,
    ],
    [
      "curly quotes around a word",
      change(KO, "job: 일", "job: ‘일’"),
      `${KO}:7: Front matter: ‘일’ has curly quotes`,
    ],
    [
      "curly quotes around an alias",
      change(EN, "aliases: []", "aliases: [“lock”]"),
      `${EN}:5: Front matter: “lock” has curly quotes`,
    ],
    [
      "a date for a title",
      change(EN, "title: Mutex", "title: 2026-01-01"),
      `${EN}:2: Front matter: “title” is wrong (Invalid input: expected string, received Date): write title: Busy waiting.`,
    ],
    [
      "a key twice",
      change(EN, "needs: []", "needs: []\nneeds: []"),
      `${EN}:5: This is no front matter: duplicated mapping key.`,
    ],
    [
      "a colon without quotes",
      change(EN, "title: Mutex", "title: Mutex: the lock"),
      /mutex\.mdx:2: This is no front matter: .*needs quotes\./,
    ],
    [
      "front matter that is a list",
      change(EN, /---\n[^]*?---/, "---\n- a\n---"),
      `${EN}:1: This is no front matter: it is a list of items. It has keys`,
    ],
    [
      "front matter in TOML",
      change(EN, /---\n[^]*?---/, '+++\ntitle = "a"\n+++'),
      `${EN}:1: This is TOML: write the front matter in YAML`,
    ],
    [
      "a tag that YAML does not know",
      change(EN, "title: Mutex", "title: !secret Mutex"),
      /mutex\.mdx:\d: This is no front matter: unknown tag/,
    ],
    [
      "an alias that another note has",
      change(EN, "aliases: []", "aliases: [Race Condition]"),
      /title: “Race condition” already names src\/content\/notes\/en\/mutex\.mdx: drop it from one of the two\./,
    ],
    [
      "a title that is another's",
      change(EN, "title: Mutex", "title: race condition"),
      "title: “Race condition” already names src/content/notes/en/mutex.mdx",
    ],
    [
      "MDX that does not close",
      change(EN, "And <Claim", "And <Claim><Claim"),
      /en\/mutex\.mdx:\d+: This is no MDX: /,
    ],
    [
      "MDX that does not close, in a note to which others link",
      change(KO, "그리고 <Claim", "그리고 <Claim><Claim"),
      /ko\/mutex\.mdx:\d+: This is no MDX: /,
    ],
  ]);

  test("a block of code in a language that nothing colours", () => {
    const fenced = inBoth(/$/, "\n```typscript\nlet a = 1;\n```\n");
    expect(made(fenced)[0]).toBe(
      `${EN}:18: “typscript” is no language of code. Did you mean typescript, gdscript, vimscript? Plain text is \`\`\`text.`,
    );
  });

  test("front matter that does not close", () => {
    const open = change(EN, "aliases: []\n---", "aliases: []");
    expect(made(open).join("\n")).toContain(
      `${EN}:1: Front matter: “title” is missing`,
    );
  });

  test("two headings of one text", () => {
    const twice = inBoth(/$/, "\n## Again\n\n## Again\n");
    expect(made(twice).join("\n")).toContain(
      `${EN}:20: The heading “Again” stands twice: name one otherwise, or a link to it would depend on their order.`,
    );
  });
});

test.each(["Race condition", "race condition", "RACE-condition", "경쟁 상태"])(
  "[[%s]] leads to the note: a title is a name, too",
  (name) => {
    const file = name === "경쟁 상태" ? KO : EN;
    const found = made(change(file, "[[race-condition]]", `[[${name}]]`));
    expect(found).toEqual([""]);
  },
);

describe("the parts", () => {
  each([
    ["empty", write(PARTS, ""), `${PARTS}:1: The file is empty: bring it back`],
    [
      "a comma too many",
      change(PARTS, '["mutex"]', '["mutex"],'),
      `${PARTS}:5: This is no JSON: Expected double-quoted property name`,
    ],
    [
      "a comma too many in a list",
      change(PARTS, '["mutex"]', '["mutex",]'),
      `${PARTS}:4: This is no JSON: Unexpected token ']'. Look for a comma too many or missing, and for quotes.`,
    ],
    [
      "a comma missing",
      change(PARTS, "},\n  {", "}\n  {"),
      `${PARTS}:6: This is no JSON: Expected ',' or ']' after array element.`,
    ],
    [
      "not to its end",
      rewrite(PARTS, (text) => text.slice(0, -4)),
      /parts\.json:9: This is no JSON: /,
    ],
    [
      "a key twice",
      change(
        PARTS,
        '"notes": ["mutex"]',
        '"notes": [],\n    "notes": ["mutex"]',
      ),
      `${PARTS}:5: “notes” stands here twice: drop one, or name it otherwise.`,
    ],
    [
      "a part without a title",
      change(PARTS, '"title": { "ko": "둘째", "en": "Second" },\n', ""),
      `${PARTS}:6: “1.title” is wrong (Invalid input: expected object, received undefined): part 2 is { "title": { "ko": "…", "en": "…" }, "notes": ["slug", …] }.`,
    ],
    [
      "a part without a title in Korean",
      change(PARTS, '"ko": "둘째", ', ""),
      `${PARTS}:7: “1.title.ko” is wrong`,
    ],
    [
      "an empty title",
      change(PARTS, '"First"', '" "'),
      `${PARTS}:3: “0.title.en” is wrong`,
    ],
    [
      "a key that there is not",
      change(PARTS, '"notes": ["mutex"]', '"notes": ["mutex"],\n    "n": 1'),
      /parts\.json:2: “0” is wrong \(Unrecognized key: "n"\): part 1 is/,
    ],
    [
      "a note twice",
      change(PARTS, '["mutex"]', '["mutex", "mutex"]'),
      `${PARTS}:4: “mutex” stands here twice: drop one.`,
    ],
    [
      "a slug without a note",
      change(PARTS, '["mutex"]', '["mutex", "ghost"]'),
      `${PARTS}:4: “ghost” has no note: npm run new ghost after dropping it here, or drop it.`,
    ],
    [
      "something else",
      write(PARTS, "{}"),
      `${PARTS}:1: Wrong (Invalid input: expected array, received object): a part is {`,
    ],
  ]);
});

describe("what says that both languages are in step", () => {
  each([
    [
      "a comma too many",
      write(IN_STEP, '{\n  "mutex": { "ko": "1", "en": "2" },\n}\n'),
      `${IN_STEP}:3: This is no JSON: Expected double-quoted property name`,
    ],
    [
      "an entry of another shape",
      write(IN_STEP, '{\n  "mutex": null\n}\n'),
      `${IN_STEP}:2: “mutex” is wrong (Invalid input: expected object, received null): drop the entry, then npm run in-step mutex`,
    ],
    [
      "a language that there is not",
      write(
        IN_STEP,
        '{\n  "mutex": { "ko": "1", "en": "2", "newer": "de" }\n}\n',
      ),
      `${IN_STEP}:2: “mutex.newer” is wrong`,
    ],
    ["no object", write(IN_STEP, "null"), `${IN_STEP}:1: Wrong`],
  ]);
});

describe("the tracks that begin another variant of a run", () => {
  each([
    [
      "of a slug that there is not",
      write(VARIANTS, '{\n  "mutexes": ["job"]\n}\n'),
      `${VARIANTS}:2: There is no “mutexes”. Did you mean mutex, race-condition?`,
    ],
    [
      "a track that no program has",
      write(VARIANTS, '{\n  "mutex": [\n    "job",\n    "jobs"\n  ]\n}\n'),
      `${VARIANTS}:4: No program of mutex has a track “jobs”. Did you mean job?`,
    ],
    [
      "of another shape",
      write(VARIANTS, '{\n  "mutex": "job"\n}\n'),
      `${VARIANTS}:2: “mutex” is wrong (Invalid input: expected array, received string): each slug has its tracks: "busy-wait": ["poll", "timer"]`,
    ],
  ]);

  test("are those of evidence that is of today's code", () => {
    const stale = recorded({
      ...EVIDENCE,
      hash: { ...EVIDENCE.hash, test: "0" },
    });
    const found = made((book) => {
      write(VARIANTS, '{ "mutex": ["new in the example"] }')(book);
      write(RECORD, stale)(book);
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("changed after this was recorded");
  });
});

test("a note in one language only", () => {
  expect(made(drop(EN)).join("\n")).toContain(
    `${EXAMPLE}:1: There is no ${EN}: write the note.`,
  );
});

describe("an example or its test", () => {
  each([
    [
      "a claim alone",
      change(TEST, 'claim("first"', 'claim.only("first"'),
      `${TEST}:3: claim.only leaves claims out of the run: write claim(…).`,
    ],
    [
      "a claim left out",
      change(TEST, 'claim("second"', 'claim.skip("second"'),
      `${TEST}:4: claim.skip leaves claims out of the run: write claim(…).`,
    ],
    [
      "claims left out in a block",
      change(TEST, /$/, "describe.skip(() => {});\n"),
      `${TEST}:5: describe.skip leaves claims out of the run`,
    ],
    [
      "await outside of a function",
      change(EXAMPLE, "export", "await null;\nexport"),
      `${EXAMPLE}:7: await stands outside of a function here`,
    ],
    [
      "for await outside of a function",
      change(EXAMPLE, "export", "for await (const a of []) a;\nexport"),
      `${EXAMPLE}:7: await stands outside of a function here`,
    ],
    [
      "standard error",
      change(EXAMPLE, "console.log", "console.error"),
      `${EXAMPLE}:8: console.error writes to standard error, which no page shows: use console.log.`,
    ],
    [
      "standard error by its name",
      change(EXAMPLE, "console.log(", "process.stderr.write("),
      `${EXAMPLE}:8: process.stderr writes to standard error`,
    ],
    [
      "an example that is no TypeScript",
      change(EXAMPLE, 'console.log("done");', 'console.log("done";'),
      `${EXAMPLE}:8: This is no TypeScript: ')' expected. Look at the line, and at the one above.`,
    ],
    [
      "a test that is no TypeScript",
      change(TEST, 'claim("second", {});', 'claim("second", {);'),
      new RegExp(`^${TEST}:4: This is no TypeScript: `),
    ],
    [
      "two claims of one id",
      change(TEST, 'claim("second", {});', '$&\nclaim("second", {});'),
      `${TEST}:5: There is a claim “second” already: name one of the two otherwise.`,
    ],
    [
      "no example",
      drop(EXAMPLE),
      `${EXAMPLE}:1: There is no ${EXAMPLE}: write it, or drop what else is of “mutex”.`,
    ],
    [
      "no test",
      drop(TEST),
      `${EXAMPLE}:1: There is no ${TEST}: prove there what the notes claim.`,
    ],
    [
      "no evidence",
      drop(RECORD),
      `${EXAMPLE}:1: There is no ${RECORD}: npm run record mutex`,
    ],
    [
      "a file in capital letters",
      write("examples/Lock.ts", ""),
      "examples/Lock.ts:1: Nothing reads this file. The files of a slug (small letters and digits in words joined by hyphens) are: examples/<slug>.ts,",
    ],
    [
      "a Korean file name",
      write("src/content/notes/ko/락.mdx", ""),
      "src/content/notes/ko/락.mdx:1: Nothing reads this file.",
    ],
    [
      "another kind of file",
      write("src/content/notes/en/lock.md", ""),
      "src/content/notes/en/lock.md:1: Nothing reads this file.",
    ],
    [
      "a language that there is not",
      write("src/content/notes/de/mutex.mdx", ""),
      "src/content/notes/de/mutex.mdx:1: Nothing reads this file.",
    ],
    [
      "a test under another name",
      write("tests/claims/mutex.ts", ""),
      "tests/claims/mutex.ts:1: Nothing reads this file.",
    ],
    [
      "evidence that was recorded before a change",
      write(
        RECORD,
        recorded({ ...EVIDENCE, hash: { ...EVIDENCE.hash, test: "0" } }),
      ),
      `${RECORD}:1: ${TEST}, or what it imports, changed after this was recorded: npm run record mutex`,
    ],
    [
      "what the home page shows",
      write("src/content/home.json", "{,}"),
      "src/content/home.json:1: This is no JSON",
    ],
  ]);
});
