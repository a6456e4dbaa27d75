import { expect, test } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import type { Note } from "../../src/book/note.ts";
import { parseNote } from "../../src/book/parse-note.ts";
import { plainMarkdown } from "../../src/build/plain-markdown.ts";

const evidence: Evidence = {
  hash: { example: "", test: "", measuring: "" },
  recorded: {
    date: "2026-01-01",
    runtime: "Node 24",
    os: "Linux",
    cpu: "a CPU",
    cores: 1,
  },
  output: ["done"],
  spans: [],
  points: [],
  inEveryOrder: {},
  claims: {
    one: {
      figure: "turns",
      unit: "",
      bound: { is: "=", value: 0 },
      subject: [0, 0],
      controls: { timer: { leavesOut: "it", figures: [5, 7] } },
    },
  },
};
const EXAMPLE = `export function wait() {
  return 1;
}

export function main() {
  wait();
}
`;

function noteOf(slug: string, frontmatter: string): [string, Note] {
  const file = { language: "en", slug, file: `${slug}.mdx` } as const;
  return [slug, parseNote(`---\n${frontmatter}\n---\n`, file)];
}

/** The Markdown of a text, without its title and definition. */
function plain(body: string): string {
  const markdown = plainMarkdown({
    language: "en",
    slug: "x",
    body,
    title: "Title",
    definition: "Definition.",
    evidence,
    example: EXAMPLE,
    translate: (english) => english,
    notes: {
      ko: new Map([noteOf("latency", "title: 지연 시간\nterm: latency")]),
      en: new Map([
        noteOf("latency", "title: Latency\naliases: [delay]"),
        noteOf("http", "title: HTTP"),
      ]),
    },
  });
  expect(markdown.startsWith("# Title\n\n> Definition.\n\n")).toBe(true);
  return markdown.slice("# Title\n\n> Definition.\n\n".length, -1);
}

test.each([
  ["[[latency]]", "[latency](latency.md)"],
  ["[[delay]]", "[latency](latency.md)"],
  ["[[http]]", "[HTTP](http.md)"],
  ["[[latency|how *long*]]", "[how *long*](latency.md)"],
  ["[[http#one-two]]", "[HTTP](http.md#one-two)"],
  ["[[http#한-둘|여기]]", "[여기](http.md#%ED%95%9C-%EB%91%98)"],
  ["[how long](latency)", "[how long](latency.md)"],
  ["[[unknown]]", "[[unknown]]"],
  ["[out](https://example.org/)", "[out](https://example.org/)"],
])("%s is written %s", (written, expected) => {
  expect(plain(`뜻 😀 ${written}.`)).toBe(`뜻 😀 ${expected}.`);
});

const MEASURED = "(✓ turns: 0; must be = 0; control, timer: 6)";

test("a claim keeps its sentence, with links, and says what it measured", () => {
  expect(plain('<Claim id="one">No [[latency]] **here**.</Claim> So.')).toBe(
    `No [latency](latency.md) **here**. ${MEASURED} So.`,
  );
  expect(plain('<Claim id="one">\n  Alone.\n</Claim>\n\nSo.')).toBe(
    `Alone. ${MEASURED}\n\nSo.`,
  );
});

test("an example is its function, or the whole program with its output", () => {
  expect(plain('<Example show="wait" />')).toBe(
    "```ts\nexport function wait() {\n  return 1;\n}\n```",
  );
  const whole = plain("<Example />");
  expect(whole).toContain("```sh\nnpx tsx examples/x.ts\n```");
  expect(whole).toContain(`\`\`\`ts\n${EXAMPLE}\`\`\``);
  expect(whole).toContain("```text\ndone\n```");
});

test("a drawing is left out, with the blank line behind it", () => {
  expect(plain('Before.\n\n<Latencies of="x" />\n\nAfter.')).toBe(
    "Before.\n\nAfter.",
  );
});

test("a question before a claim is left out", () => {
  expect(plain('Before.\n\n<Predict of="one">How many?</Predict>\n\nSo.')).toBe(
    "Before.\n\nSo.",
  );
});

test("code stays as it is written", () => {
  const code = `\`\`\`ts
const a = table[[latency]];
// <Example />
// <Claim id="one">x</Claim>
// <Latencies of="x" />

\`\`\`

\`<Claim id="never-rests">x</Claim>\` and \`[[latency]]\`.`;
  expect(plain(code)).toBe(code);
});
