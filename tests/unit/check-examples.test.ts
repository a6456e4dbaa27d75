import { expect, test } from "vitest";
import type { ExampleFiles } from "../../src/check/check-examples.ts";
import { checkExamples, unwritten } from "../../src/check/check-examples.ts";
import { report } from "../../src/check/finding.ts";
import { checksumOf } from "../../src/book/checksum.ts";
import type { Evidence } from "../../src/book/evidence.ts";
import type { Mutation } from "../../src/book/mutation.ts";
import type { Note, Notes } from "../../src/book/note.ts";
import { parseNote } from "../../src/book/parse-note.ts";

/** An example with a header, a guard, and some lines in between. */
const exampleOf = (...lines: string[]) =>
  [
    "/**",
    " * What it shows.",
    " *",
    " *     npx tsx examples/x.ts",
    " */",
    ...lines,
    "if (import.meta.main ?? true) main();",
  ].join("\n");
const TWO_CLAIMS = 'claim("a", {});\nclaim("b", {});\n';
const notes: Notes = {
  ko: new Map([["x", {} as Note]]),
  en: new Map([["x", {} as Note]]),
};

/** What is said of a slug that lacks nothing, but for what is given. */
function findings(given: Partial<ExampleFiles>, of = notes): string {
  const hash = { example: "1", test: "2", measuring: "3" };
  const evidence = { hash } as Evidence;
  evidence.checksum = checksumOf(evidence);
  const source = exampleOf();
  const mutation: Mutation = { hash, caught: 1, of: 1, excused: 0 };
  const files = { slug: "x", source, test: TWO_CLAIMS, evidence, mutation };
  return report(checkExamples([{ ...files, hash, ...given }], of));
}

test("an example that lacks nothing has no findings", () => {
  expect(findings({})).toBe("");
});

test.each([
  [
    "no example",
    { source: undefined },
    "examples/x.ts:1: There is no examples/x.ts: write it",
  ],
  [
    "no test",
    { test: undefined },
    "There is no tests/claims/x.test.ts: prove there",
  ],
  [
    "no evidence",
    { evidence: undefined },
    "There is no src/content/evidence/x.json: npm run record x",
  ],
  [
    "a module of Node in claims that a browser loads",
    { test: `import { a } from "node:fs";\n${TWO_CLAIMS}` },
    "tests/claims/x.test.ts:1: imports “node:fs”, and readers prove",
  ],
  [
    "an import of ours",
    { source: exampleOf('import { a } from "../src/a.ts";') },
    "examples/x.ts:6: imports “../src/a.ts”: an example is one file",
  ],
  [
    "an import of a package",
    { source: 'const a = await import("left-pad");' },
    "imports “left-pad”",
  ],
  [
    "evidence of an older example",
    { hash: { example: "9", test: "2" } },
    "src/content/evidence/x.json:1: examples/x.ts changed after this was recorded: npm run record x",
  ],
  [
    "evidence of an older test",
    { hash: { example: "1", test: "9" } },
    "tests/claims/x.test.ts, or what it imports, changed after this was recorded",
  ],
  [
    "evidence of other code that measures",
    { hash: { measuring: "9" } },
    "Code behind #claim or of the recorder changed after this was recorded",
  ],
  [
    "broken versions of an older example",
    { hash: { example: "9", test: "2" } },
    "src/content/mutation/x.json:1: warning: examples/x.ts changed after its broken versions were tried: npm run mutate x",
  ],
  [
    "broken versions under older claims",
    { hash: { example: "1", test: "9" } },
    "src/content/mutation/x.json:1: warning: tests/claims/x.test.ts changed after",
  ],
  [
    "one claim",
    { test: 'claim("a", {});' },
    "tests/claims/x.test.ts:1: Claims in here: 1. A note has 2 at the least.",
  ],
  [
    "no header",
    { source: exampleOf().slice("/**\n".length) },
    "examples/x.ts:1: An example opens with a comment /** … */ that says what it shows and has its command: npx tsx examples/x.ts",
  ],
  [
    "a header with the command of another example",
    { source: exampleOf().replace("x.ts", "y.ts") },
    "examples/x.ts:1: An example opens with a comment",
  ],
  [
    "no guard",
    { source: exampleOf().replace(" ?? true", "") },
    "examples/x.ts:6: An example ends with the line: if (import.meta.main ?? true) main();",
  ],
  [
    "a line behind the guard",
    { source: `${exampleOf()}\nmain();` },
    "examples/x.ts:7: An example ends with the line",
  ],
  [
    "a line that is too wide",
    { source: exampleOf("x".repeat(81)) },
    "examples/x.ts:6: This line has 81 columns: break it at 80.",
  ],
  [
    "something to write",
    { source: "a\n/** TODO the concept. */" },
    "examples/x.ts:2: Still to write: the concept.",
  ],
])("%s", (_, given, expected) => {
  expect(findings(given)).toContain(expected);
});

test("an example without its notes", () => {
  const found = findings({}, { ko: new Map(), en: new Map() });
  for (const language of ["ko", "en"]) {
    expect(found).toContain(
      `There is no src/content/notes/${language}/x.mdx: write the note.`,
    );
  }
});

test("Node's own modules may be imported", () => {
  const source = exampleOf('import { a } from "node:fs";');
  expect(findings({ source })).toBe("");
});

test("what is to be written is found with its line, markup left out", () => {
  expect(unwritten("f", "one\n<Claim>TODO a sentence.</Claim>")).toEqual([
    { file: "f", line: 2, message: "Still to write: a sentence." },
  ]);
});

test("MDX that cannot be read says where", () => {
  const parse = () =>
    parseNote("---\ntitle: x\n---\n\nText <Claim>\n", {
      language: "en",
      slug: "x",
      file: "en/x.mdx",
    });
  expect(parse).toThrow(/^en\/x\.mdx:5: This is no MDX: Expected a closing/);
});

test("front matter that cannot be read says where, and what to do", () => {
  const parse = () =>
    parseNote("---\nneeds: []\ntitle: a: b\n---\n", {
      language: "en",
      slug: "x",
      file: "en/x.mdx",
    });
  expect(parse).toThrow(
    /^en\/x\.mdx:3: This is no front matter: .* needs quotes\.$/,
  );
});

test("claims of an example for Node only may import what they like", () => {
  const source = exampleOf('import { createServer } from "node:http";');
  const test = `import { once } from "node:events";\n${TWO_CLAIMS}`;
  expect(findings({ source, test })).toBe("");
});
