import { describe, expect, test } from "vitest";
import type { Note, Notes } from "../../src/book/note.ts";
import { parseNote } from "../../src/book/parse-note.ts";
import {
  asWikiLink,
  brokenLink,
  findNote,
  shownFor,
  withinSentence,
} from "../../src/book/links.ts";

function note(language: "ko" | "en", slug: string, source: string): Note {
  const file = `src/content/notes/${language}/${slug}.mdx`;
  return parseNote(source, { language, slug, file });
}

const http = note(
  "en",
  "http",
  `---
title: HTTP services
aliases: [HTTP.md]
---

See [[HTTP.md|a *service*]], [[http]] and [out](https://example.org/).

## What a _request_ costs

<Claim id="one">It is so.[^a]</Claim> And [[http#what-a-request-costs|more]].

[^a]: A source.
`,
);
const notes: Notes = { ko: new Map(), en: new Map([["http", http]]) };

test("a note's file is read into its parts, with lines", () => {
  expect(http.title).toBe("HTTP services");
  expect(http.headings).toEqual([
    {
      line: 8,
      depth: 2,
      id: "what-a-request-costs",
      text: "What a request costs",
    },
  ]);
  expect(http.links).toEqual([
    { target: "HTTP.md", fragment: undefined, line: 6 },
    { target: "http", fragment: undefined, line: 6 },
    { target: "http", fragment: "what-a-request-costs", line: 10 },
  ]);
  expect(http.claims).toEqual([{ id: "one", text: "It is so.", line: 10 }]);
  expect(http.references).toEqual([{ id: "a", line: 10 }]);
  expect(http.footnotes).toEqual([{ id: "a", line: 12 }]);
});

test("what does not parse names its file", () => {
  expect(() => note("en", "bad", "<Claim id='x'>open")).toThrow(
    "src/content/notes/en/bad.mdx",
  );
  expect(() => note("en", "bad", "---\n: [\n---\n")).toThrow(
    "src/content/notes/en/bad.mdx",
  );
});

describe("a wiki-link", () => {
  test.each(["https://a.example/", "mailto:a@b.c", "/ko/", "#here", "./x"])(
    "is not the address %s",
    (url) => expect(asWikiLink(url)).toBeUndefined(),
  );

  test("keeps a Korean heading readable", () => {
    expect(asWikiLink("idle-wait#%ED%8F%B4%EB%A7%81")).toEqual({
      target: "idle-wait",
      fragment: "폴링",
    });
  });

  test("finds a note by slug and by alias, in its own language only", () => {
    expect(findNote(notes, "en", "http")).toBe(http);
    expect(findNote(notes, "en", "HTTP.md")).toBe(http);
    expect(findNote(notes, "ko", "http")).toBeUndefined();
  });

  test("finds a note by its title, in whatever capitals", () => {
    expect(findNote(notes, "en", "HTTP services")).toBe(http);
    expect(findNote(notes, "en", "http Services")).toBe(http);
  });

  test.each([
    ["http", "http", "HTTP services"],
    ["HTTP.md", "HTTP.md", "HTTP services"],
    ["http", "a service", undefined],
    ["http services", "http services", undefined],
  ])("to [[%s]], written “%s”, shows %s", (target, written, shown) => {
    const link = { target, fragment: undefined };
    expect(shownFor(link, written, http, notes)).toBe(shown);
  });

  test("to no note says what is near", () => {
    const link = { target: "htp", fragment: undefined };
    expect(brokenLink(notes, "en", link)).toBe(
      "[[htp]] leads to no note in “en”. Did you mean http, HTTP.md, HTTP services?",
    );
  });

  test("to no heading says what is near", () => {
    const link = { target: "http", fragment: "what-request-costs" };
    expect(brokenLink(notes, "en", link)).toBe(
      "[[http#what-request-costs]] names no heading of src/content/notes/en/http.mdx. Did you mean what-a-request-costs?",
    );
  });
});

test.each([
  ["Latency", "latency", "latency"],
  ["Event loop", "event loop", "event loop"],
  ["Linux", "Linux", "Linux"],
  ["Python threads", "Python thread", "Python threads"],
  ["I/O-bound work", "I/O-bound", "I/O-bound work"],
  ["HTTP", undefined, "HTTP"],
  ["FastAPI", undefined, "FastAPI"],
])("“%s” with the term “%s” is “%s” in a sentence", (title, term, words) => {
  const korean = term === undefined ? "" : `term: ${term}`;
  const both: Notes = {
    ko: new Map([["x", note("ko", "x", `---\ntitle: 제목\n${korean}\n---\n`)]]),
    en: new Map([["x", note("en", "x", `---\ntitle: ${title}\n---\n`)]]),
  };
  expect(withinSentence(both.en.get("x")!, both)).toBe(words);
  expect(withinSentence(both.ko.get("x")!, both)).toBe("제목");
});
