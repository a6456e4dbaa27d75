import { describe, expect, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import type { Language } from "../../src/book/languages.ts";
import { LANGUAGES, otherLanguage } from "../../src/book/languages.ts";
import { parseNote } from "../../src/book/parse-note.ts";
import { readNotes } from "../../src/book/read-notes.ts";
import { didYouMean, find } from "../../src/client/search/find.ts";
import type { SearchNote } from "../../src/client/search/search-note.ts";
import { searchNote } from "../../src/client/search/search-note.ts";
import {
  likeliest,
  shardOf,
  shardsOf,
  termsOf,
} from "../../src/client/search/terms.ts";
import queries from "./search-queries.json" with { type: "json" };
import ofAnEditor from "./search-queries-of-an-editor.json" with { type: "json" };
import strangers from "./search-queries-of-strangers.json" with { type: "json" };

const LEAST_QUERIES = 60;
const LEAST_RECALL = 0.95;
/** Of queries that were written before the notes and the search were read. */
const LEAST_RECALL_OF_STRANGERS = 0.9;
const AMONG = 3;
/** As many as the site had with 24 notes. */
const SHARDS = 15;

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
  ["how do I use await", "It can await."],
  ["동시성이 뭔가요", "동시성은 여럿이다."],
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

describe("a word that no note has", () => {
  const mutex = note({ title: "뮤텍스", names: ["mutex", "multithreading"] });

  test.each([
    ["뮤택스", "뮤텍스"],
    ["mutax", "mutex"],
    ["mutlithreading", "multithreading"],
  ])("“%s” is taken for “%s”", (slip, meant) => {
    expect(find(slip, [mutex])).toHaveLength(1);
    expect(didYouMean(slip, [mutex])).toBe(meant);
  });

  test.each(["mutant", "mux", "동기화"])("“%s” is too far off", (word) => {
    expect(find(word, [mutex])).toEqual([]);
    expect(didYouMean(word, [mutex])).toBeUndefined();
  });

  test("is no slip where a note has it in its text", () => {
    const text = withText("a mutax");
    expect(didYouMean("mutax", [mutex, text])).toBeUndefined();
  });
});

test("a question of stop words alone is still looked for", () => {
  expect(find("what if", [withText("Ask what if.")])).toHaveLength(1);
});

test("a note that has one word of five is better than none", () => {
  const [found] = find("await five other words here", [withText("await")]);
  expect(found).toBeDefined();
});

test("a heading that is the query comes before a text that has it often", () => {
  const often = { id: "often", title: "More", text: ["lock ".repeat(30)] };
  const heading = { id: "whole", title: "The lock", text: ["It is one."] };
  const [first] = find("The lock", [note({ sections: [often, heading] })]);
  expect(first!.section!.id).toBe("whole");
});

test("footnotes come after the text, and the opening is not found twice", () => {
  const sections = [
    { id: "", title: "", text: ["A lock is a lock."] },
    { id: "footnote-label", title: "Footnotes", text: ["A lock, a lock."] },
    { id: "text", title: "Text", text: ["A lock, a lock."] },
  ];
  const found = find("lock", [note({ title: "Lock", sections })]);
  expect(found.map(({ section }) => section?.id)).toEqual([
    undefined,
    "text",
    "footnote-label",
  ]);
});

/** As the site serves them, without a build. */
function notesOf(language: Language): SearchNote[] {
  const { [language]: ours, [otherLanguage(language)]: theirs } = readNotes();
  return SLUGS.map((slug) =>
    searchNote(ours.get(slug)!, theirs.get(slug)!, "Footnotes"),
  );
}

/** The notes that a reader's query loads. */
function likeliestOf(notes: SearchNote[]): (query: string) => SearchNote[] {
  const shards = shardsOf(notes, SHARDS);
  return (query) => {
    const needed = termsOf(query).map((term) => shardOf(term, SHARDS));
    const loaded = [...new Set(needed)].map((number) => shards[number]!);
    return likeliest(termsOf(query), loaded).map((number) => notes[number]!);
  };
}

/** Queries, each with the note that answers it, or the notes. */
type Queries = Record<string, string | string[]>;

function expectRecall(
  asked: Queries,
  least: number,
  search: (query: string) => SearchNote[],
): void {
  const all = Object.entries(asked);
  expect(all.length).toBeGreaterThanOrEqual(LEAST_QUERIES);
  const missed = all.flatMap(([query, answers]) => {
    const slugs = find(query, search(query)).map(({ note }) => note.slug);
    const first = [...new Set(slugs)].slice(0, AMONG);
    return first.some((slug) => [answers].flat().includes(slug)) ? [] : query;
  });
  const recall = 1 - missed.length / all.length;
  expect(recall, missed.join(", ")).toBeGreaterThanOrEqual(least);
}

describe.each(LANGUAGES)("readers' queries in “%s”", (language) => {
  const notes = notesOf(language);

  test("find their note among the first three", () => {
    expectRecall(queries[language], LEAST_RECALL, () => notes);
  });

  test("find it too where they have read no note", () => {
    const asked: Queries = strangers[language];
    expectRecall(asked, LEAST_RECALL_OF_STRANGERS, () => notes);
  });

  test("find it too where only the likeliest notes are loaded", () => {
    const loaded = likeliestOf(notes);
    expectRecall(queries[language], LEAST_RECALL, loaded);
    expectRecall(strangers[language], LEAST_RECALL_OF_STRANGERS, loaded);
  });
});

test("each name that a Korean editor looked for finds its note", () => {
  expectRecall(ofAnEditor, 1, () => notesOf("ko"));
  expectRecall(ofAnEditor, 1, likeliestOf(notesOf("ko")));
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
