import { describe, expect, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import type { Language } from "../../src/book/languages.ts";
import { LANGUAGES, otherLanguage } from "../../src/book/languages.ts";
import { parseNote } from "../../src/book/parse-note.ts";
import { readNotes } from "../../src/book/read-notes.ts";
import { find } from "../../src/client/search/find.ts";
import type { SearchNote } from "../../src/client/search/search-note.ts";
import { searchNote } from "../../src/client/search/search-note.ts";
import {
  likeliest,
  shardOf,
  shardsOf,
  termsOf,
} from "../../src/client/search/terms.ts";
import queries from "./search-queries.json" with { type: "json" };

const LEAST_QUERIES = 60;
const LEAST_RECALL = 0.95;
const AMONG = 3;
/** As many as a book of some 30 notes has. */
const SHARDS = 12;

const note = (over: Partial<SearchNote>): SearchNote => ({
  slug: "x",
  title: "제목",
  names: [],
  definition: "",
  sections: [],
  ...over,
});
const withText = (text: string) =>
  note({ sections: [{ id: "", title: "", text: [text] }] });

describe.each([
  ["동시성", "동시성은 여럿이다."],
  ["동시성", "서비스에서 동시성을 본다."],
  ["동시성은", "동시성 처리"],
  ["대기", "바쁜 대기"],
  ["대기", "바쁜대기"],
  ["대기", "대기열"],
  ["이벤트루프", "이벤트 루프가 돈다"],
  ["이벤 트루프", "이벤트 루프가 돈다"],
  ["동시 성", "동시성"],
  ["락", "락을 쥔다"],
  ["락은", "락을 쥔다"],
  ["await", "여기서 `await`를 쓴다"],
  ["io bound", "I/O-bound work"],
  ["busywait", "a busy wait"],
  ["waiting", "It waits."],
  ["batches", "a batch of four"],
])("“%s”", (query, text) => {
  test(`is found in “${text}”`, () => {
    expect(find(query, [withText(text)])).toHaveLength(1);
  });
});

describe.each([
  ["락", "기다락"],
  ["rust", "I trust you"],
  ["시간", "다시 간다"],
  ["없는말", "동시성"],
  ["", "동시성"],
  ["  ?! ", "동시성"],
])("“%s”", (query, text) => {
  test(`is not found in “${text}”`, () => {
    expect(find(query, [withText(text)])).toEqual([]);
  });
});

test("a claim is a place of its own, and what was found in it is marked", () => {
  const section = {
    id: "burns",
    title: "CPU를 태운다",
    text: ["앞. ", ["never-rests", "바쁜 대기는 쉬지 않는다."], " 뒤."],
  } as SearchNote["sections"][number];
  const [found] = find("바쁜대기", [note({ sections: [section] })]);
  expect(found).toMatchObject({ claim: "never-rests", section });
  expect(found!.excerpt).toEqual([
    { text: "바쁜 대기", found: true },
    { text: "는 쉬지 않는다.", found: false },
  ]);
});

test("a long text is cut to what is around the match", () => {
  const far = "앞말 ".repeat(200);
  const [found] = find("동시성", [withText(`${far}동시성이다. ${far}`)]);
  const text = found!.excerpt.map(({ text }) => text).join("");
  expect(text).toMatch(/^….*동시성이다\..*…$/);
  expect(text.length).toBeLessThan(180);
});

test("a note is cut at its headings, without markup, its footnotes last", () => {
  const body = `First [[x|words]] and \`code\`.[^n]

## A heading

<Claim id="c">It *holds*.</Claim> After.

\`\`\`ts
hidden();
\`\`\`

[^n]: A note.
`;
  const file = { language: "en", slug: "x", file: "x.mdx" } as const;
  const parsed = parseNote(body, file);
  expect(searchNote(parsed, parsed, "Footnotes").sections).toEqual([
    { id: "", title: "", text: ["First words and code. "] },
    {
      id: "a-heading",
      title: "A heading",
      text: [["c", "It holds."], " After. "],
    },
    { id: "footnote-label", title: "Footnotes", text: ["A note. "] },
  ]);
});

/** As the site serves them, without a build. */
function notesOf(language: Language): SearchNote[] {
  const { [language]: ours, [otherLanguage(language)]: theirs } = readNotes();
  return SLUGS.map((slug) =>
    searchNote(ours.get(slug)!, theirs.get(slug)!, "Footnotes"),
  );
}

/** Which queries do not find their note among the first three. */
function missedOf(
  language: Language,
  search: (query: string) => SearchNote[],
): string[] {
  const asked = Object.entries(queries[language]);
  expect(asked.length).toBeGreaterThanOrEqual(LEAST_QUERIES);
  return asked.flatMap(([query, slug]) => {
    const slugs = find(query, search(query)).map(({ note }) => note.slug);
    return [...new Set(slugs)].slice(0, AMONG).includes(slug) ? [] : query;
  });
}

function expectRecall(language: Language, missed: string[]): void {
  const recall = 1 - missed.length / Object.keys(queries[language]).length;
  expect(recall, missed.join(", ")).toBeGreaterThanOrEqual(LEAST_RECALL);
}

describe.each(LANGUAGES)("readers' queries in “%s”", (language) => {
  const notes = notesOf(language);

  test("find their note among the first three", () => {
    expectRecall(
      language,
      missedOf(language, () => notes),
    );
  });

  test("find it too where only the likeliest notes are loaded", () => {
    const shards = shardsOf(notes, SHARDS);
    const terms = (query: string) => {
      const needed = termsOf(query).map((term) => shardOf(term, SHARDS));
      const loaded = [...new Set(needed)].map((number) => shards[number]!);
      return likeliest(termsOf(query), loaded).map((number) => notes[number]!);
    };
    expectRecall(language, missedOf(language, terms));
  });
});

test("a shard lists a note's names apart, and the most frequent first", () => {
  const [shard] = shardsOf(
    [
      { ...withText("락 하나"), title: "대기열" },
      { ...withText("대기, 대기"), title: "다른 것" },
      { ...withText("대기"), title: "또 다른 것" },
    ],
    1,
  );
  expect(shard!["대기"]).toEqual([[0], [1, 2]]);
  expect(shard!["락"]).toEqual([[], [0]]);
});

test("terms are shared by a noun with its particle and one without", () => {
  expect(termsOf("동시성은")).toEqual(
    expect.arrayContaining(termsOf("동시성")),
  );
  expect(termsOf("await를")).toEqual(expect.arrayContaining(termsOf("await")));
  expect(termsOf("바쁜대기")).toEqual(expect.arrayContaining(["바쁜", "대기"]));
});
