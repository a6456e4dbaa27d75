/**
 * Whatever comes in, the check ends with findings, or with none and notes that
 * compile as the build compiles them. `FUZZ_RUNS` says how much comes in.
 */
import fc from "fast-check";
import { mdxToJs } from "satteri";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { componentsOfNote } from "../../src/build/components-of-note.ts";
import { codeBlocks } from "../../src/build/code-blocks.ts";
import { footnotes } from "../../src/build/footnotes.ts";
import { onlyText } from "../../src/build/only-text.ts";
import { partFrontmatter } from "../../src/book/front-matter.ts";
import { IN_STEP_FILE, PARTS_FILE } from "../../src/book/files.ts";
import { FEATURES } from "../../src/book/note-tree.ts";
import { report } from "../../src/check/finding.ts";
import { checkBook } from "../../src/check/read-book.ts";
import type { SmallBook } from "./small-book.ts";
import { FILLER, HASH, inStep, smallBook } from "./small-book.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 100);
/** A dead man's switch: each takes some ms. */
const TIMEOUT_MS = 120_000 + 200 * RUNS;
const SEED = Number(process.env["FUZZ_SEED"] ?? 15);
const EN = "src/content/notes/en/mutex.mdx";
const RECORD = "src/content/evidence/mutex.json";

const book = smallBook();
const text = (file: string) => String(book.get(file));
const bytesOf = (one: string | Uint8Array) => Buffer.from(one);
/** As it is once it was a file. */
const stored = (one: string | Uint8Array) =>
  typeof one === "string" ? one.toWellFormed() : one;

/** What MDX, Markdown and YAML are made of. */
const PIECES = [
  ..."{}<>[]()`*_|#~:;,.!?\"'“”&\\/-+=%$^@\n\r\t 0a가",
  "---\n",
  "+++\n",
  "\n\n",
  "```\n",
  "```ts\n",
  "```no-such-language\n",
  "~~~",
  "[[",
  "]]",
  "[[race-condition]]",
  "[[race-condition|words]]",
  "[[race-condition#heading]]",
  "![[mutex]]",
  "[^a]",
  "[^b]: ",
  "[a]: b\n",
  "[x](%E0%A4%A)",
  "[x](#%)",
  "![x](y)",
  "<Claim id='first'>",
  "</Claim>",
  "<Example />",
  "<Example show='main' />",
  "<Latencies of='job' />",
  "<Scheduler of='job' />",
  "<Note>",
  "<!-- -->",
  "{/* */}",
  "import a from 'b'\n",
  "export const a = 1\n",
  "## Heading\n",
  "#### Deep\n",
  "- a\n  - b\n",
  "> a\n",
  "| a | b |\n| - | - |\n",
  "1. a\n",
  "title: ",
  "needs: [",
  "aliases: &a [*a]\n",
  "words: { a: b }\n",
  "comments: a\n",
  "comments: { a: [b] }\n",
  "? a\n",
  "!!js/function ",
  "<<: *a\n",
  "<<<<<<< HEAD\n",
  "300 ms",
  "\u0000",
  "\u1100",
  "\u2028",
  "\u202E",
  "\uFEFF",
  "😀",
  "__proto__",
  "constructor",
  "toString",
];
const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: "binary" }),
);

/** A text with some of it cut out, and something else in its place. */
const edited = (original: string) =>
  fc
    .array(
      fc.record({
        at: fc.nat({ max: original.length }),
        cut: fc.oneof(fc.constant(0), fc.nat({ max: 40 })),
        put: fc.array(piece, { maxLength: 4 }).map((all) => all.join("")),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce(
        (text, { at, cut, put }) =>
          text.slice(0, at) + put + text.slice(at + cut),
        original,
      ),
    );

/** The note without its filler, in which most edits would do nothing. */
const [head, tail] = text(EN).split(FILLER) as [string, string];
const note = fc
  .oneof(
    edited(head).map((a) => [a, tail]),
    edited(tail).map((b) => [head, b]),
  )
  .map((parts) => parts.join(FILLER));

/** Front matter that has nothing to mend. */
const WHOLE = {
  title: "Mutex",
  definition: "It is mutex.",
  needs: "[]",
  aliases: "[]",
};
const frontmatter = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom("title", "definition", "needs", "aliases", "term"),
      fc.constantFrom("words", "times", "__proto__", "layout"),
    ),
    fc.oneof(
      fc.json({ maxDepth: 2 }),
      piece,
      fc.constantFrom("Mutex", "[]", "A sentence.", "2026-01-01", "&a [*a]"),
    ),
  )
  .map((keys) =>
    text(EN).replace(
      /^---[^]*?\n---/,
      `---\n${Object.entries({ ...WHOLE, ...keys })
        .map(([key, value]) => `${key}: ${value}`)
        .join("\n")}\n---`,
    ),
  );

const wikiLink = fc
  .array(fc.oneof(piece, fc.constantFrom("race-condition", "#", "|")), {
    maxLength: 4,
  })
  .map((parts) =>
    text(EN).replace("[[race-condition]]", () => `[[${parts.join("")}]]`),
  );

/** JSON of another shape, and JSON that is none. */
const json = (file: string) =>
  fc.oneof(
    fc.json(),
    edited(text(file)),
    fc.uint8Array(),
    // A value of it is something else.
    fc
      .tuple(fc.nat(), fc.jsonValue({ maxDepth: 1 }))
      .map(([index, value]) => withValue(text(file), index, value)),
  );

/** The JSON with the index-th of its values in another's place. */
function withValue(source: string, index: number, value: unknown): string {
  let count = 0;
  JSON.parse(source, (_, old) => (count++, old));
  let seen = 0;
  const changed = JSON.parse(source, (_, old) =>
    seen++ === index % count ? value : old,
  );
  return JSON.stringify(changed, null, 2);
}

/** Fails with a stack trace, a finding without its place, or a note that does not compile. */
async function hasVerdict(changed: SmallBook): Promise<boolean> {
  const files = new Map(
    Array.from(changed, ([file, one]) => [file, bytesOf(one)]),
  );
  const findings = checkBook(files, () => HASH);
  for (const finding of findings) {
    expect(report([finding])).toMatch(/^[\w-]+\/\S+:[1-9]\d*: \S[^\n]*$/);
    const { file, line } = finding;
    const lines = bytesOf(changed.get(file) ?? "")
      .toString()
      .split("\n");
    expect(line, `lines of ${file}`).toBeLessThanOrEqual(lines.length);
  }
  if (findings.some(({ isWarning }) => !isWarning)) return false;
  await compile(String(changed.get(EN)));
  return true;
}

/** As the build does, but for the links, which the check has looked at. */
async function compile(source: string): Promise<void> {
  const { content } = partFrontmatter(source, EN);
  await mdxToJs(content, {
    features: FEATURES,
    fileURL: pathToFileURL(EN),
    mdastPlugins: [onlyText, componentsOfNote],
    hastPlugins: [codeBlocks, footnotes],
    jsxImportSource: "astro",
    optimizeStatic: { component: "Fragment", prop: "set:html" },
  });
}

beforeAll(() => compile(text(EN)));

describe("whatever comes in for", () => {
  const inputs: [string, string, fc.Arbitrary<string | Uint8Array>][] = [
    ["a note", EN, note],
    ["its front matter", EN, frontmatter],
    ["a wiki-link", EN, wikiLink],
    ["a note, as bytes", EN, fc.uint8Array()],
    ["parts.json", PARTS_FILE, json(PARTS_FILE)],
    ["evidence", RECORD, json(RECORD)],
  ];
  test.each(inputs)(
    "%s, there is a verdict",
    { timeout: TIMEOUT_MS },
    async (name, file, input) => {
      let passed = 0;
      await fc.assert(
        fc.asyncProperty(input, async (content) => {
          const changed = new Map(book).set(file, stored(content));
          changed.set(IN_STEP_FILE, inStep(changed));
          if (await hasVerdict(changed)) passed++;
        }),
        { seed: SEED, numRuns: RUNS },
      );
      if (process.env["FUZZ_RUNS"]) console.log(`${name}: ${passed} passed`);
    },
  );

  test(
    "in-step.json, there is a verdict",
    { timeout: TIMEOUT_MS },
    async () => {
      book.set(IN_STEP_FILE, inStep(book));
      await fc.assert(
        fc.asyncProperty(json(IN_STEP_FILE), async (content) => {
          await hasVerdict(new Map(book).set(IN_STEP_FILE, stored(content)));
        }),
        { seed: SEED, numRuns: RUNS },
      );
    },
  );
});
