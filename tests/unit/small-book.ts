/**
 * A book of two notes that has nothing to mend, in memory, and what mistakes
 * are made of.
 */
import { expect } from "vitest";
import { checksumOf } from "../../src/book/checksum.ts";
import type { Evidence } from "../../src/book/evidence.ts";
import { IN_STEP_FILE, PARTS_FILE } from "../../src/book/files.ts";
import { textHash } from "../../src/book/in-step.ts";
import { report } from "../../src/check/finding.ts";
import { checkBook } from "../../src/check/read-book.ts";

/** Files by their path; a text stands for its UTF-8. */
export type SmallBook = Map<string, string | Uint8Array>;

/** What a recording of either slug would run. */
export const HASH = { example: "1", test: "2", measuring: "3" };
export const FILLER = "w ".repeat(420);

export const EVIDENCE: Evidence = {
  hash: HASH,
  recorded: { date: "2026-01-01", runtime: "", os: "", cpu: "", cores: 1 },
  output: ["done"],
  spans: [{ name: "job", start: 0, end: 1 }],
  points: [],
  inEveryOrder: {},
  claims: Object.fromEntries(
    ["first", "second"].map((id) => [
      id,
      {
        figure: "ones",
        unit: "",
        bound: { is: "=", value: 1 },
        subject: [1],
        controls: { none: { leavesOut: "job", figures: [0] } },
      },
    ]),
  ),
};

/** Evidence as a recording writes it. */
export function recorded(evidence: Evidence): string {
  const checksum = checksumOf(evidence);
  return `${JSON.stringify({ ...evidence, checksum }, null, 2)}\n`;
}

function koreanOf(slug: string, title: string, link: string): string {
  return `---
title: ${title}
term: ${slug}
definition: 정의다.
needs: []
aliases: []
words: { job: 일, ones: 하나, none: 없음 }
comments: { What it shows.: 무엇을 보이는가. }
---

글[^a] [[${link}]] ${FILLER}

## 정리

<Claim id="first">하나다.</Claim> 그리고 <Claim id="second">둘이다.</Claim>

<Example />

[^a]: 출처.
`;
}

function englishOf(slug: string, title: string, link: string): string {
  return `---
title: ${title}
definition: It is ${slug}.
needs: []
aliases: []
---

Text[^a] [[${link}]] ${FILLER}

## In short

<Claim id="first">It is one.</Claim> And <Claim id="second">it is two.</Claim>

<Example />

[^a]: A source.
`;
}

function exampleOf(slug: string): string {
  return `/**
 * What it shows.
 *
 *     npx tsx examples/${slug}.ts
 */

export function main() {
  console.log("done");
}

if (import.meta.main ?? true) main();
`;
}

const TEST = `import { claim } from "#claim";

claim("first", {});
claim("second", {});
`;

/** The files of a note that links to another. */
export function filesOfNote(
  slug: string,
  ko: string,
  en: string,
  link: string,
): [string, string][] {
  return [
    [`examples/${slug}.ts`, exampleOf(slug)],
    [`tests/claims/${slug}.test.ts`, TEST],
    [`src/content/evidence/${slug}.json`, recorded(EVIDENCE)],
    [`src/content/notes/ko/${slug}.mdx`, koreanOf(slug, ko, link)],
    [`src/content/notes/en/${slug}.mdx`, englishOf(slug, en, link)],
  ];
}

const PYTHON = `"""What it shows.

    python3 examples/mutex.py
"""

import sys


def main():
    sys.audit("measure", "job", 0, 0.25)
    print("done")


if __name__ == "__main__":
    main()
`;

/** Gives the note \`mutex\` a program in Python that has nothing to mend. */
export function withPython(book: SmallBook): SmallBook {
  return new Map([
    ...book,
    ["examples/mutex.py", PYTHON],
    ["tests/claims/python/mutex.test.ts", TEST.replace("#claim", "#python")],
    ["src/content/evidence/python/mutex.json", recorded(EVIDENCE)],
  ]);
}

/** The files of the notes `mutex` and `race-condition`. */
export function smallBook(): SmallBook {
  return new Map<string, string | Uint8Array>([
    ...filesOfNote("mutex", "뮤텍스", "Mutex", "race-condition"),
    ...filesOfNote("race-condition", "경쟁 상태", "Race condition", "mutex"),
    [
      PARTS_FILE,
      `[
  {
    "title": { "ko": "첫째", "en": "First" },
    "notes": ["mutex"]
  },
  {
    "title": { "ko": "둘째", "en": "Second" },
    "notes": ["race-condition"]
  }
]
`,
    ],
    ["src/content/home.json", "{}\n"],
  ]);
}

/** Says that both languages of each note say the same as they stand. */
export function inStep(book: SmallBook): string {
  const slugs = [...book.keys()].flatMap(
    (file) => /^src\/content\/notes\/ko\/([\w-]+)\.mdx$/.exec(file)?.[1] ?? [],
  );
  const pairs = slugs.sort().flatMap((slug) => {
    const [ko, en] = ["ko", "en"].map((language) =>
      book.get(`src/content/notes/${language}/${slug}.mdx`),
    );
    if (ko === undefined || en === undefined) return [];
    const [koHash, enHash] = [textHash(String(ko)), textHash(String(en))];
    return [`  "${slug}": { "ko": "${koHash}", "en": "${enHash}" }`];
  });
  return `{\n${pairs.join(",\n")}\n}\n`;
}

/** What the check finds in a book, one finding a line. */
export function findingsIn(book: SmallBook): string {
  const whole = new Map([[IN_STEP_FILE, inStep(book)], ...book]);
  const files = new Map(
    Array.from(whole, ([file, text]) => [file, Buffer.from(text)]),
  );
  return report(checkBook(files, () => HASH));
}

/** What somebody does to a book. */
export type Mistake = (book: SmallBook) => void;

/** Puts something in the place of what is there. */
export const change =
  (file: string, from: string | RegExp, to: string): Mistake =>
  (book) => {
    const text = String(book.get(file));
    expect(text.replace(from, to)).not.toBe(text);
    book.set(file, text.replace(from, to));
  };
export const write =
  (file: string, text: string | Uint8Array): Mistake =>
  (book) =>
    void book.set(file, text);
export const drop =
  (file: string): Mistake =>
  (book) =>
    void book.delete(file);
