import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { fitted, paragraphsIn, withComments } from "../../src/book/comments.ts";
import { countedPython } from "../../src/book/python-source.ts";

const TYPESCRIPT = `/**
 * Waits for the bank, and for
 * the disk.
 *
 *     npx tsx examples/x.ts
 */

const URL = "http://localhost"; // Of 1 kB
const PATTERN = /\\/\\*no\\*\\//;

/** Its \`name\`. */
export function wait() {
  // Nothing to do
  // but ask again.
  return \`// \${URL /* here */} */\`;
}
`;

const PYTHON = `"""
Waits for the bank, and for
the disk.

    python3 examples/x.py
"""

ASK = 0.02  # seconds
NAME = "# no"


def wait():
    """Answers at once, as
    a cache does."""
    text = """
    No comment
    """
    return text  # done
`;

const texts = (source: string, file: string) =>
  paragraphsIn(source, file).map(({ text }) => text);

/** A program without its comments. */
function codeOf(source: string, file: string): string {
  if (file.endsWith(".py")) return countedPython(source);
  const { ESNext } = ts.ScriptTarget;
  const compilerOptions = { removeComments: true, target: ESNext };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

describe("paragraphsIn", () => {
  test("finds what the comments of TypeScript say, and leaves commands out", () => {
    expect(texts(TYPESCRIPT, "x.ts")).toEqual([
      "Waits for the bank, and for the disk.",
      "Of 1 kB",
      "Its `name`.",
      "Nothing to do but ask again.",
      "here",
    ]);
  });
  test("finds what comments and docstrings of Python say", () => {
    expect(texts(PYTHON, "x.py")).toEqual([
      "Waits for the bank, and for the disk.",
      "seconds",
      "Answers at once, as a cache does.",
      "done",
    ]);
  });
});

describe("withComments", () => {
  test("translates them where they stand, in TypeScript", () => {
    const translated = withComments(TYPESCRIPT, "x.ts", {
      "Waits for the bank, and for the disk.": "은행과 디스크를 기다린다.",
      "Of 1 kB": "하나에 1 kB",
      "Nothing to do but ask again.": "다시 묻는다.",
      here: "여기",
    });
    expect(translated).toBe(
      TYPESCRIPT.replace("Waits for the bank, and for", "은행과 디스크를")
        .replace(" * the disk.", " * 기다린다.")
        .replace("Of 1 kB", "하나에 1 kB")
        .replace("Nothing to do\n", "다시\n")
        .replace("but ask again.", "묻는다.")
        .replace("here", "여기"),
    );
  });
  test("translates them where they stand, in Python", () => {
    const translated = withComments(PYTHON, "x.py", {
      seconds: "초",
      "Answers at once, as a cache does.": "캐시처럼 곧바로 응답한다.",
    });
    expect(translated).toBe(
      PYTHON.replace("seconds", "초")
        .replace("Answers at once, as", "캐시처럼 곧바로")
        .replace("a cache does.", "응답한다."),
    );
  });
  test("takes nothing for a translation that every object has", () => {
    const source = "// constructor\n// \u2028 toString\n";
    expect(withComments(source, "x.ts", {})).toBe(source);
    expect(withComments("# toString\n", "x.py", {})).toBe("# toString\n");
  });
  test("one word for two lines leaves the second empty", () => {
    const source = "  // one\n  // two\nrun();\n";
    expect(withComments(source, "x.ts", { "one two": "하나" })).toBe(
      "  // 하나\n  //\nrun();\n",
    );
  });

  const files = globSync("examples/*.{ts,py}");
  test.each(files)("keeps lines and code of %s", (file) => {
    const source = readFileSync(file, "utf8");
    const paragraphs = paragraphsIn(source, file);
    expect(paragraphs.length).toBeGreaterThan(2);
    const words = fc.array(fc.stringMatching(/^[가-힣a-z]{1,9}$/), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, (words) => {
        const korean = words.join(" ");
        const translated = withComments(
          source,
          file,
          Object.fromEntries(paragraphs.map(({ text }) => [text, korean])),
        );
        expect(translated.split("\n").length).toBe(source.split("\n").length);
        expect(texts(translated, file)).toEqual(paragraphs.map(() => korean));
        expect(codeOf(translated, file)).toBe(codeOf(source, file));
      }),
      { numRuns: 5 },
    );
  });
});

describe("fitted", () => {
  const lines = (...befores: string[]) => ({
    lines: befores.map((before) => ({ before, words: "", behind: "" })),
  });
  test("counts two columns for a Korean letter", () => {
    const place = lines(" ".repeat(70));
    expect(fitted("다섯글자다", place)).toEqual(["다섯글자다"]);
    expect(fitted("여섯글자이다", place)).toBeUndefined();
  });
  test("parts neither code nor a number from its unit", () => {
    expect(fitted("`a b c`는 200 ms 뒤에", lines("", "", ""))).toEqual([
      "`a b c`는",
      "200 ms",
      "뒤에",
    ]);
  });
  test("makes all lines about as long", () => {
    const text = "하나 둘 셋 넷 다섯 여섯";
    expect(fitted(text, lines("", ""))).toEqual(["하나 둘 셋", "넷 다섯 여섯"]);
  });
});
