import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import type { Note } from "../../src/book/note.ts";
import { parseNote } from "../../src/book/parse-note.ts";
import { programOf } from "../../src/book/programs.ts";
import { parseEvidence } from "../../src/book/evidence.ts";
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

const TYPESCRIPT = {
  program: programOf("x", "typescript"),
  evidence,
  source: EXAMPLE,
};
const PYTHON = {
  program: programOf("x", "python"),
  evidence: {
    ...evidence,
    recorded: {
      ...evidence.recorded,
      runtime: "CPython 3.13.1",
      packages: { fastapi: "0.142.2" },
    },
    output: ["done in Python"],
    claims: {
      one: { ...evidence.claims["one"]!, subject: [1, 1] },
      two: evidence.claims["one"]!,
    },
  },
  source: "import sys\n\n\ndef rest():\n    return 1\n",
};

/** The Markdown of a text, without its title. */
function plain(body: string, programs = [TYPESCRIPT]): string {
  const markdown = plainMarkdown({
    language: "en",
    slug: "x",
    body,
    title: "Title",
    programs,
    translate: (english) => english,
    notes: {
      ko: new Map([noteOf("latency", "title: 지연 시간\nterm: latency")]),
      en: new Map([
        noteOf("latency", "title: Latency\naliases: [delay]"),
        noteOf("http", "title: HTTP"),
      ]),
    },
  });
  expect(markdown.startsWith("# Title\n\n")).toBe(true);
  return markdown.slice("# Title\n\n".length, -1);
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

const MARK = "✓[^claim:one]";
const MEASURED =
  "[^claim:one]: Evidence: turns: 0; must be = 0; control “timer” (fails): 6";

test("a claim says what each program measured that proves it", () => {
  const both = [TYPESCRIPT, PYTHON];
  expect(plain('<Claim id="one">None.</Claim>', both)).toBe(
    `None. ${MARK}\n\n${MEASURED}; Python: turns: 1; must be = 0; control “timer” (fails): 6`,
  );
  expect(plain('<Claim id="two">None.</Claim>', both)).toBe(
    "None. ✓[^claim:two]\n\n[^claim:two]: Evidence: Python: turns: 0; must be = 0; control “timer” (fails): 6",
  );
});

test("both programs are shown, with what each ran on, or a function of either", () => {
  const text = plain("<Example />", [TYPESCRIPT, PYTHON]);
  expect(text.indexOf("npx tsx examples/x.ts")).toBeLessThan(
    text.indexOf("python3 examples/x.py"),
  );
  expect(text).toContain("```python\nimport sys\n\n\ndef rest():");
  expect(text).toContain("```text\ndone in Python\n```");
  expect(text).toContain("with CPython 3.13.1, fastapi 0.142.2 on Linux");
  expect(plain('<Example show="rest" />', [TYPESCRIPT, PYTHON])).toBe(
    "```python\ndef rest():\n    return 1\n```",
  );
});

test("a claim keeps its sentence, with links, and says what it measured", () => {
  expect(plain('<Claim id="one">No [[latency]] **here**.</Claim> So.')).toBe(
    `No [latency](latency.md) **here**. ${MARK} So.\n\n${MEASURED}`,
  );
  expect(plain('<Claim id="one">\n  Alone.\n</Claim>\n\nSo.')).toBe(
    `Alone. ${MARK}\n\nSo.\n\n${MEASURED}`,
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

test("the programs come last, whatever stands behind the example", () => {
  const whole = plain("<Example />\n\nSo.", [TYPESCRIPT, PYTHON]);
  const places = ["So.", "## Listing of examples/x.ts", "examples/x.py\n\n```"];
  const at = places.map((place) => whole.indexOf(place));
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at[0]).toBeGreaterThan(0);
  expect(plain('<Example show="wait" />')).not.toContain("Listing");
});

const DRAWN = {
  ...TYPESCRIPT,
  evidence: {
    ...evidence,
    spans: [
      { name: "call", start: 0, end: 10, samples: [10, 20, 60] },
      { name: "few", start: 0, end: 500, thread: 0 },
    ],
  } as Evidence,
};

test("a drawing is told in words", () => {
  expect(plain('Before.\n\n<Latencies of="call" />\n\nAfter.', [DRAWN])).toBe(
    "Before.\n\ncall: the latencies of 3 calls: p50 20 ms, mean 30 ms, p99 60 ms\n\nAfter.",
  );
  expect(plain('<Throughputs of="few; few" />', [DRAWN])).toMatch(
    /: few: 2 a second, up to 500 ms; few: 2 a second, up to 500 ms$/,
  );
  expect(() => plain('<Latencies of="gone" />', [DRAWN])).toThrow(
    "x.json has no span “gone” with samples",
  );
});

test("of orders, the shortest that goes wrong is told step by step", () => {
  const program = programOf("race", "typescript");
  const recorded = readFileSync(program.evidence, "utf8");
  const race = {
    program,
    source: EXAMPLE,
    evidence: parseEvidence(recorded, "race", program),
  };
  const of = "keeps-all-in-every-order: a gap";
  const text = plain(`<Scheduler of="${of}" />`, [race]);
  const [title, list = ""] = text.split("\n\n");
  expect(title).toMatch(/^An order that goes wrong \(.+: [12]\):$/);
  const steps = list.split("\n").map((step) => step.slice(0, 8));
  expect(steps).toEqual(steps.map((_, n) => `${n + 1}. task `));
  expect(steps.length).toBeGreaterThan(3);
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
