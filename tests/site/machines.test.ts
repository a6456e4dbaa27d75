import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, inject, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import type { Evidence } from "../../src/book/evidence.ts";
import { LANGUAGES } from "../../src/book/languages.ts";
import { readNotes } from "../../src/book/read-notes.ts";
import { expectListing, programFiles } from "./pages.ts";

const SITE = "https://notes.example";

const dist = inject("dist");
const base = inject("base");
const read = (path: string) => readFileSync(join(dist, path), "utf8");
const documentOf = (path: string) => parseHTML(read(path)).document;
/** Whether an absolute address of the site leads to a file of it. */
const leads = (url: string) =>
  url.startsWith(`${SITE}${base}/`) &&
  existsSync(join(dist, url.slice(SITE.length + base.length)));

describe.each(LANGUAGES)("as plain Markdown in “%s”", (language) => {
  test.each(SLUGS)("%s has its text, figures, program and output", (slug) => {
    const markdown = read(`${language}/${slug}.md`);
    const note = readNotes()[language].get(slug)!;
    expect(markdown.startsWith(`# ${note.title}\n\n`)).toBe(true);
    const outsideCode = markdown.replace(/```[^]*?```/g, "");
    expect(outsideCode).not.toMatch(/<[A-Z]|\[\[|\]\]/);
    for (const { id } of note.claims) {
      expect(outsideCode).toContain(` ✓[^claim:${id}]`);
      expect(outsideCode).toMatch(RegExp(`^\\[\\^claim:${id}\\]: .*\\d`, "m"));
    }
    for (const { example, evidence } of programFiles(slug)) {
      const source = readFileSync(example, "utf8");
      const listings = [...markdown.matchAll(/```\w+\n([^]*?)\n```/g)];
      const lines = source.trimEnd().split("\n");
      const listing = listings.find(
        ([, code]) => code!.split("\n").length === lines.length,
      );
      expectListing(listing![1]!, source, language);
      const { output } = JSON.parse(readFileSync(evidence, "utf8")) as Evidence;
      expect(markdown).toContain(output.join("\n"));
    }
    for (const { id } of note.footnotes)
      expect(markdown).toContain(`[^${id}]:`);
    for (const [, target] of markdown.matchAll(/\]\(([\w-]+)\.md/g)) {
      expect(SLUGS).toContain(target);
    }
    const page = documentOf(`${language}/${slug}/index.html`);
    const link = page.querySelector('link[type="text/markdown"]');
    expect(link?.getAttribute("href")).toBe(`${base}/${language}/${slug}.md`);
  });
});

test("llms.txt leads to every note's Markdown", () => {
  const text = read("llms.txt");
  expect(text).toMatch(/^# .+\n\n> .+\n/);
  const links = [...text.matchAll(/^- \[.+\]\((.+)\): .+$/gm)];
  expect(links).toHaveLength(SLUGS.length * LANGUAGES.length);
  for (const [, url] of links) expect(leads(url!), url).toBe(true);
});

test.each(LANGUAGES)(
  "the feed in “%s” has the latest change first",
  (language) => {
    const { document } = parseHTML(
      // linkedom takes <link> for HTML's, which has no content.
      read(`${language}/rss.xml`).replaceAll("link>", "url>"),
    );
    const items = [...document.querySelectorAll("item")];
    expect(items).toHaveLength(SLUGS.length);
    const dates = items.map((item) =>
      Date.parse(item.querySelector("pubDate")!.textContent!),
    );
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    expect(dates.every((date) => date > 0 && date <= Date.now())).toBe(true);
    for (const item of items) {
      const url = item.querySelector("url")!.textContent!;
      expect(leads(`${url}index.html`), url).toBe(true);
    }
    const link = documentOf(`${language}/index.html`).querySelector(
      'link[type="application/rss+xml"]',
    );
    expect(link?.getAttribute("href")).toBe(`${base}/${language}/rss.xml`);
  },
);

test("the first page and those of the languages name each other", () => {
  const paths = ["/", ...LANGUAGES.map((language) => `/${language}/`)];
  for (const path of paths) {
    const { head } = documentOf(`${path.slice(1)}index.html`);
    const named = [...head.querySelectorAll("link[hreflang]")].map((link) => [
      link.getAttribute("hreflang"),
      link.getAttribute("href"),
    ]);
    expect(Object.fromEntries(named), path).toEqual({
      "x-default": `${SITE}${base}/`,
      ko: `${SITE}${base}/ko/`,
      en: `${SITE}${base}/en/`,
    });
    const canonical = head.querySelector("link[rel=canonical]");
    expect(canonical?.getAttribute("href")).toBe(`${SITE}${base}${path}`);
  }
});

test("the sitemap has every note, and not all of them again on one page", () => {
  const map = read("sitemap-0.xml");
  for (const language of LANGUAGES) {
    for (const slug of SLUGS) {
      expect(map).toContain(`<loc>${SITE}${base}/${language}/${slug}/</loc>`);
    }
  }
  expect(map).not.toContain("/print/");
});

describe.each(LANGUAGES)("the map in “%s”", (language) => {
  const document = documentOf(`${language}/map/index.html`);
  const notes = [...readNotes()[language].values()];
  const needs = notes.map(
    ({ frontmatter }) => frontmatter["needs"] as string[],
  );

  test("has every note once in the drawing and once as an entry of the list", () => {
    const expected = SLUGS.map((slug) => `${base}/${language}/${slug}/`);
    for (const links of ["svg.map a", "main dt a"]) {
      const found = [...document.querySelectorAll(links)];
      expect(found.map((link) => link.getAttribute("href"))).toEqual(expected);
    }
  });

  test("has a line for every prerequisite", () => {
    const lines = document.querySelectorAll("svg.map > path");
    expect(lines).toHaveLength(needs.flat().length);
    // In the boxes at both ends, and those of the links as well.
    expect(document.querySelectorAll("svg.map a path").length).toBeGreaterThan(
      2 * needs.flat().length,
    );
  });
});

test.each(LANGUAGES)(
  "the whole book in “%s” is on one page, in order",
  (language) => {
    const document = documentOf(`${language}/print/index.html`);
    const articles = [...document.querySelectorAll("article")];
    expect(articles.map(({ id }) => id)).toEqual(SLUGS);
    for (const article of articles) {
      const note = readNotes()[language].get(article.id)!;
      expect(article.querySelectorAll(".proof")).toHaveLength(
        note.claims.length,
      );
      expect(article.querySelectorAll(".footnotes li")).toHaveLength(
        note.footnotes.length,
      );
      expect(article.querySelector("svg.timeline")).not.toBeNull();
    }
    for (const button of document.querySelectorAll("[popovertarget]")) {
      const id = button.getAttribute("popovertarget")!;
      expect(document.getElementById(id), id).not.toBeNull();
    }
  },
);

describe("claims.json", () => {
  interface ClaimAsData {
    id: string;
    sentences: Record<string, string>;
    urls: Record<string, string>;
    figure: string;
    bound: object;
    subject: { runs?: number; orders?: string | null };
    controls: { name: string; leavesOut: string }[];
    runsInBrowsers: boolean;
    command: string;
    hash: Evidence["hash"];
    /** The example. */
    program: string;
    also?: Omit<ClaimAsData, "id">;
  }
  const { claims } = JSON.parse(read("claims.json")) as {
    claims: ClaimAsData[];
  };
  const byId = new Map(claims.map((claim) => [claim.id, claim]));

  test("has every claim of every note, as both languages state it", () => {
    const stated = SLUGS.flatMap((slug) =>
      readNotes()
        .en.get(slug)!
        .claims.map(({ id }) => `${slug}/${id}`),
    );
    expect([...byId.keys()].sort()).toEqual(stated.toSorted());
    for (const language of LANGUAGES) {
      for (const slug of SLUGS) {
        for (const { id, text } of readNotes()[language].get(slug)!.claims) {
          const claim = byId.get(`${slug}/${id}`)!;
          expect(claim.sentences[language]).toBe(text);
        }
      }
    }
  });

  test("has what was measured, with the hashes of what was run", () => {
    const also = claims.flatMap(({ id, also }) =>
      also ? [{ ...also, id }] : [],
    );
    for (const { id, program, bound, subject, controls, hash } of [
      ...claims,
      ...also,
    ]) {
      const [slug, name] = id.split("/") as [string, string];
      const { evidence } = programFiles(slug).find(
        ({ example }) => example === program,
      )!;
      const recorded = JSON.parse(readFileSync(evidence, "utf8")) as Evidence;
      expect({ ...recorded.claims, ...recorded.inEveryOrder }).toHaveProperty(
        name,
      );
      expect(hash).toEqual(recorded.hash);
      expect(bound).toHaveProperty("value");
      expect(subject.runs ?? subject.orders, id).not.toBeUndefined();
      expect(controls.length).toBeGreaterThan(0);
      for (const { leavesOut } of controls) expect(leavesOut).not.toBe("");
    }
    const { subject, runsInBrowsers } = byId.get("race/loses-nine")!;
    expect(subject).toEqual({ runs: 20, min: 1, median: 1, max: 1 });
    expect(runsInBrowsers).toBe(true);
    expect(byId.get("http/connects-once")!.runsInBrowsers).toBe(false);
  });

  test("each claim's address is a page of its own, with the sentence and the proof", () => {
    for (const { id, sentences, urls, command } of claims) {
      for (const language of LANGUAGES) {
        const url = urls[language]!;
        expect(leads(`${url}index.html`), url).toBe(true);
        const document = documentOf(
          `${url.slice(SITE.length + base.length + 1)}index.html`,
        );
        expect(document.querySelector("h1")!.textContent).toBe(
          sentences[language],
        );
        const [slug, name] = id.split("/");
        const proof = document.getElementById(name!)!;
        expect(proof.querySelector("table")).not.toBeNull();
        const prove = proof.querySelector("[data-press=prove]");
        if (!prove) expect(proof.textContent).toContain(command);
        expect(document.body.textContent).toContain(`${slug}/${name}`);
      }
    }
  });
});
