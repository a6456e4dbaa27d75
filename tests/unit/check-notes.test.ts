import { describe, expect, test } from "vitest";
import type { Book } from "../../src/check/book.ts";
import { checkNotes } from "../../src/check/check-notes.ts";
import { report } from "../../src/check/finding.ts";
import type { Evidence } from "../../src/book/evidence.ts";
import { paragraphsIn } from "../../src/book/comments.ts";
import type { Language } from "../../src/book/languages.ts";
import { parseNote } from "../../src/book/parse-note.ts";

const filler = "word ".repeat(420);

/** A note that has nothing to mend. */
const KO = `---
title: 제목
term: title
definition: 정의다.
needs: []
aliases: [하나]
words: { job: 일, ones: 하나, none: 없음, knocks: 두드림 }
comments: { seconds: 초 }
---

글[^a] ${filler}

## 정리

<Predict of="one" others="2">몇 개일까?</Predict>

<Claim id="one">하나다.</Claim> [[two]]

<Example />

[^a]: 출처.
`;
const EN = `---
title: Title
definition: It is one.
needs: []
aliases: [one]
---

Text[^a] ${filler}

## In short

<Predict of="one" others="2">How many?</Predict>

<Claim id="one">It is one.</Claim> [[two]]

<Example />

[^a]: A source.
`;

const evidence: Evidence = {
  hash: { example: "", test: "", measuring: "" },
  recorded: { date: "2026-01-01", runtime: "", os: "", cpu: "", cores: 1 },
  output: ["done"],
  spans: [{ name: "job", start: 0, end: 1 }],
  points: [],
  inEveryOrder: {
    all: {
      figure: "ones",
      unit: "",
      bound: { is: "=", value: 1 },
      subject: {
        of: "tasks",
        count: 1,
        orders: "1",
        outcomes: [{ figure: 1, orders: "1", holds: true }],
        places: [
          { next: [{ step: { who: 1, kind: "knocks" }, to: 1 }] },
          { next: [{ step: { who: 1, kind: "goes on" }, to: 2 }] },
          { next: [], figure: 1 },
        ],
      },
      controls: {},
    },
  },
  claims: {
    one: {
      figure: "ones",
      unit: "",
      bound: { is: "=", value: 1 },
      subject: [1],
      controls: { none: { leavesOut: "job", figures: [0] } },
    },
  },
};

/** A book of the notes `first` and `two`, the first of them as given. */
function findings(sources: {
  ko?: string;
  en?: string;
  slugs?: string[];
}): string {
  const read = (language: Language, slug: string, source: string) => {
    const file = `${language}/${slug}.mdx`;
    return [slug, parseNote(source, { language, slug, file })] as const;
  };
  const plain = (source: string) =>
    source
      .replace(/aliases: \[.*\]/, "aliases: []")
      .replace(/title: (.*)/, "title: $1 2");
  const { ko = KO, en = EN, slugs = ["first", "two"] } = sources;
  const book: Book = {
    notes: {
      ko: new Map([read("ko", "first", ko), read("ko", "two", plain(KO))]),
      en: new Map([read("en", "first", en), read("en", "two", plain(EN))]),
    },
    parts: slugs.map((slug, index) => [slug, index + 1] as const),
    unread: new Set(),
    evidence: new Map([
      ["first", [evidence]],
      ["two", [evidence]],
    ]),
    functions: new Map([
      ["first", ["main"]],
      ["two", ["main"]],
    ]),
    claims: new Map([
      ["first", [{ id: "one", test: "tests/claims/first.test.ts" }]],
      ["two", [{ id: "one", test: "tests/claims/two.test.ts" }]],
    ]),
    numbers: new Map([
      ["first", [70, 200]],
      ["two", []],
    ]),
    paragraphs: new Map([
      ["first", paragraphsIn("const WAIT = 1; // seconds", "first.ts")],
      ["two", paragraphsIn("WAIT = 1  # seconds", "two.py")],
    ]),
  };
  return report(checkNotes(book));
}

/** The same change in both languages. */
function changed(from: string | RegExp, to: string) {
  return findings({ ko: KO.replace(from, to), en: EN.replace(from, to) });
}

test("a wrong id in one language is said there alone", () => {
  const wrong = findings({ en: EN.replace('id="one"', 'id="on"') });
  expect(wrong).not.toMatch(/ko\/|no sentence states it/);
  expect(wrong).toContain("has no claim “on”. Did you mean one?");
});

test("notes without a fault have no findings", () => {
  expect(findings({})).toBe("");
});

describe("a finding says where and what to do", () => {
  test.each([
    [
      "a misspelt key",
      changed("needs:", "need:"),
      "ko/first.mdx:5: Front matter: there is no key “need”. Did you mean needs",
    ],
    [
      "a missing key",
      changed("needs: []\n", ""),
      "ko/first.mdx:1: Front matter: “needs” is missing: write needs: [latency], or [].",
    ],
    [
      "a key of the wrong type",
      changed(/aliases: .*/, "aliases: one"),
      "en/first.mdx:5: Front matter: “aliases” is wrong (Invalid input: expected array, received string): write aliases: [another name], or [].",
    ],
    [
      "a missing term",
      findings({ ko: KO.replace("term: title\n", "") }),
      "ko/first.mdx:1: Front matter: “term” is missing: write term: busy waiting.",
    ],
    [
      "an unknown prerequisite",
      changed("needs: []", "needs: [tow]"),
      "ko/first.mdx:5: needs: there is no note “tow”. Did you mean two, first?",
    ],
    [
      "a note that needs itself",
      changed("needs: []", "needs: [first]"),
      "needs: a circle: first → first. Drop one of them.",
    ],
    [
      "an unknown wiki-link",
      changed("[[two]]", "[[three]]"),
      "ko/first.mdx:17: [[three]] leads to no note in “ko”.",
    ],
    [
      "an unknown heading",
      changed("[[two]]", "[[two#no]]"),
      "[[two#no]] names no heading of ko/two.mdx.",
    ],
    [
      "an unknown claim",
      changed('id="one"', 'id="on"'),
      "ko/first.mdx:17: tests/claims/first.test.ts has no claim “on”. Did you mean one?",
    ],
    [
      "an unstated claim",
      changed(/<Claim.*<\/Claim>/, ""),
      'tests/claims/first.test.ts proves “one”, and no sentence states it: <Claim id="one">…</Claim>.',
    ],
    [
      "a claim without an id",
      changed(' id="one"', ""),
      'A claim has no id: <Claim id="…">.',
    ],
    [
      "a doubled claim",
      changed("[[two]]", '<Claim id="one">Again.</Claim>'),
      "ko/first.mdx:17: The claim “one” is stated twice: drop one of the two.",
    ],
    [
      "a claim in one language only",
      findings({ ko: KO.replace(/<Claim.*<\/Claim>/, "") }),
      "The claims differ from those of en/first.mdx: here none; there one.",
    ],
    [
      "a question about no claim",
      changed(/ of="one" others="2"/, ""),
      'ko/first.mdx:15: A <Predict> names no claim: <Predict of="…">.',
    ],
    [
      "a question far from its claim",
      changed('<Claim id="one">', '## Between\n\n<Claim id="one">'),
      '<Predict of="one"> covers the paragraph below it, which does not state this claim',
    ],
    [
      "a question about an unrecorded claim",
      changed(/"one"/g, '"on"'),
      "No recorded run measured “on”. Did you mean one?",
    ],
    [
      "a question with two answers",
      changed(' others="2"', ""),
      '<Predict of="one"> offers 2 answers (0, 1), and has to offer 3 or 4',
    ],
    [
      "a question with five answers",
      changed('others="2"', 'others="2, 3, 4"'),
      '<Predict of="one"> offers 5 answers (0, 1, 2, 3, 4), and has to offer 3 or 4',
    ],
    [
      "a second right answer",
      changed('others="2"', 'others="2, 1"'),
      '<Predict of="one"> has 1 among its others: write numbers for which the bound (= 1) fails',
    ],
    [
      "an answer that is no number",
      changed('others="2"', 'others="two"'),
      '<Predict of="one"> has NaN among its others',
    ],
    [
      "more questions than three",
      changed("[[two]]", '\n\n<Predict of="one" />'.repeat(3)),
      "4 claims ask first, and 3 at the most",
    ],
    [
      "questions that differ",
      findings({ ko: KO.replace('others="2"', 'others="3"') }),
      "The questions differ from those of en/first.mdx: here one 3; there one 2.",
    ],
    [
      "an unknown function",
      changed("[[two]]", '<Example show="mian" />'),
      "examples/first.ts has no function “mian”. Did you mean main?",
    ],
    [
      "an example shown twice",
      changed("[[two]]", "\n\n<Example />"),
      "The whole example stands here 2 times: write <Example /> once.",
    ],
    [
      "a missing footnote",
      changed(/\[\^a\]: .*/, ""),
      "The footnote [^a] is missing: add “[^a]: …”.",
    ],
    [
      "an unused footnote",
      changed("Text[^a]", "Text").replace(/^ko.*\n/gm, ""),
      "Nothing refers to the footnote [^a]: use or drop it.",
    ],
    [
      "a doubled footnote",
      changed(/\[\^a\]: (.*)/, "[^a]: $1\n\n[^a]: $1"),
      "ko/first.mdx:23: The footnote [^a] stands twice: drop one, or name it otherwise.",
    ],
    [
      "footnotes that differ",
      findings({ ko: KO.replaceAll("[^a]", "[^b]") }),
      "The footnotes differ from those of en/first.mdx: here b; there a.",
    ],
    [
      "headings that differ",
      findings({ ko: KO + "\n## 둘\n" }),
      "The levels of the headings differ from those of en/first.mdx: here ##, ##; there ##.",
    ],
    [
      "a heading that skips a level",
      changed("## ", "### "),
      "is of level 3: make it level 2.",
    ],
    [
      "a heading of level 1",
      changed("## ", "# "),
      "is of level 1: make it level 2.",
    ],
    [
      "a note that ends with something else",
      changed("## 정리", "## 머리"),
      "ko/first.mdx:13: A note ends with “## 정리”: two or three lines, or a table, that a reader takes home.",
    ],
    [
      "a note that goes on after its end",
      findings({ en: `${EN}\n## Heading\n` }),
      "A note ends with “## In short”",
    ],
    [
      "a short note",
      changed(filler, ""),
      "words: 400 to 1000 can be read in one sitting",
    ],
    [
      "a word without Korean",
      findings({ ko: KO.replace("job: 일, ", "") }),
      "ko/first.mdx:7: words: the page shows “job”: add the Korean.",
    ],
    [
      "a step of an order without Korean",
      findings({ ko: KO.replace(", knocks: 두드림", "") }),
      "ko/first.mdx:7: words: the page shows “knocks”: add the Korean.",
    ],
    [
      "a word too many",
      findings({ ko: KO.replace("job: 일", "job: 일, jib: 일") }),
      "ko/first.mdx:7: words: the page shows no “jib”: drop the entry.",
    ],
    [
      "words in English",
      findings({ en: EN.replace("aliases", "words: {}\naliases") }),
      "en/first.mdx:5: words: only a note in Korean has them: drop the key.",
    ],
    [
      "a comment without Korean",
      findings({ ko: KO.replace("seconds", "second") }),
      "ko/first.mdx:8: comments: the programs say “seconds”: add the Korean.",
    ],
    [
      "a comment that no program has",
      findings({ ko: KO.replace("{ seconds", "{ minutes: 분, seconds") }),
      "ko/first.mdx:8: comments: no program says “minutes”: drop the entry.",
    ],
    [
      "a comment's translation that is too long for its line",
      findings({ ko: KO.replace("초", "초".repeat(40)) }),
      `ko/first.mdx:8: comments: “${"초".repeat(40)}” is too long for the place of “seconds” (lines: 1): shorten it.`,
    ],
    [
      "comments that are no mapping",
      findings({ ko: KO.replace("comments: { seconds: 초 }", "comments: 초") }),
      "ko/first.mdx:8: comments: the programs say “seconds”: add the Korean.",
    ],
    [
      "comments in English",
      findings({ en: EN.replace("aliases", "comments: {}\naliases") }),
      "en/first.mdx:5: comments: only a note in Korean has them: drop the key.",
    ],
    [
      "a path in place of a wiki-link",
      changed("[[two]]", "[two](/en/two/)"),
      "ko/first.mdx:17: “/en/two/” leads out of the language or the site's base path: write [[slug]]",
    ],
    [
      "a heading of its own that is not there",
      changed("[[two]]", "[up](#no)"),
      "“#no” names no heading of this note.",
    ],
    [
      "a picture without words",
      changed("[[two]]", "![](https://example.org/a.png)"),
      "ko/first.mdx:17: A picture has no words: ![what it shows](address).",
    ],
    [
      "a time from nowhere",
      changed("[[two]]", "It takes 300 ms."),
      "ko/first.mdx:17: “300 ms” is neither in a claim nor a number of the example",
    ],
    [
      "a time from nowhere before a Korean particle",
      findings({ ko: KO.replace("[[two]]", "3초가 걸린다.") }),
      "ko/first.mdx:17: “3초” is neither",
    ],
    [
      "a number of the example with another unit",
      changed("[[two]]", "It takes 200 seconds."),
      "ko/first.mdx:17: “200 seconds” is neither",
    ],
    [
      "an explanation of a time that is not there",
      changed("needs: []", 'needs: []\ntimes: { "3 s": guess }'),
      "times: the text has no “3 s”: drop the entry.",
    ],
    [
      "drawings that differ",
      findings({ ko: KO.replace("[[two]]", '\n\n<Latencies of="job" />') }),
      "The drawings differ from those of en/first.mdx: here Latencies job; there none.",
    ],
    [
      "code that differs",
      findings({ ko: KO + "\n```ts\nconst a = 1;\n```\n" }),
      "ko/first.mdx:23: Block of code 1 differs from that of en/first.mdx (nothing there): make them the same but for comments.",
    ],
    [
      "a picture in one language only",
      findings({
        ko: KO.replace("[[two]]", "![그림](https://example.org/a.png)"),
      }),
      "The drawings differ from those of en/first.mdx: here https://example.org/a.png; there none.",
    ],
    [
      "a slug in the parts without a note",
      findings({ slugs: ["first", "two", "three"] }),
      "src/content/parts.json:3: “three” has no note",
    ],
    [
      "a slug in two places of the parts",
      findings({ slugs: ["first", "two", "first"] }),
      "src/content/parts.json:3: “first” stands here twice: drop one.",
    ],
    [
      "a note that no part lists",
      findings({ slugs: ["two"] }),
      "ko/first.mdx:1: src/content/parts.json lists no “first”",
    ],
    [
      "an alias that is a slug",
      changed(/aliases: .*/, "aliases: [two]"),
      "ko/first.mdx:6: aliases: “two” already names ko/two.mdx: drop it from one of the two.",
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toContain(expected);
  });
});

test("a time may be a number of the example, in a claim, in a footnote, or explained", () => {
  for (const said of [
    "It takes 200 ms.",
    "It takes 0.2 s, or 200,000 µs, or 0.07 s.",
    "It takes `300 ms`.",
    "It is 3 secondary things.",
    "5분의 2다.",
  ]) {
    expect(changed("[[two]]", said)).toBe("");
  }
  expect(changed("It is one.", "It is 300 ms.")).toBe("");
  expect(changed(/\[\^a\]: .*/, "[^a]: After 300 ms.")).toBe("");
  const explained = (source: string) =>
    source
      .replace("[[two]]", "It takes 300 ms.")
      .replace("needs: []", 'needs: []\ntimes: { "300 ms": half of 600 }');
  expect(findings({ ko: explained(KO), en: explained(EN) })).toBe("");
});

test("comments in code are in the language of the note", () => {
  const code = (comment: string) =>
    `\n\`\`\`py\nsleep(1)  # ${comment}\n\`\`\`\n`;
  expect(findings({ ko: KO + code("잔다"), en: EN + code("rests") })).toBe("");
});

test("all findings come at once, sorted by file and line", () => {
  const found = findings({
    ko: KO.replace("[[two]]", "[[three]]").replace("needs: []", "needs: [x]"),
    en: EN.replace("[[two]]", "[[three]]"),
  }).split("\n");
  expect(found.map((line) => line.split(": ")[0])).toEqual([
    "en/first.mdx:14",
    "ko/first.mdx:1",
    "ko/first.mdx:5",
    "ko/first.mdx:17",
  ]);
});
