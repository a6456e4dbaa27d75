import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import { checkWeight, MOST_BYTES } from "../../src/check/check-weight.ts";
import { report } from "../../src/check/finding.ts";
import type { Language } from "../../src/book/languages.ts";
import { LANGUAGES } from "../../src/book/languages.ts";
import { builtPages, expectListing, isNote, programFiles } from "./pages.ts";

const dist = inject("dist");
const base = inject("base");
const pages = builtPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const notes = pages.filter(isNote);

/** Attributes that hold an address. */
function addresses(document: Document): { from: string; url: string }[] {
  return [...document.querySelectorAll("[href], [src], [action]")].map(
    (element) => ({
      from: element.outerHTML.slice(0, 120),
      url: ["href", "src", "action"]
        .map((name) => element.getAttribute(name))
        .find((value) => value !== null)!,
    }),
  );
}

test("every note has a page in each language", () => {
  const expected = LANGUAGES.flatMap((language) =>
    SLUGS.map((slug) => `/${language}/${slug}/`),
  ).sort();
  expect(notes.map(({ path }) => path).sort()).toEqual(expected);
});

test("the browser's own bar has the colour of the paper", () => {
  const { html, document } = notes[0]!;
  const [, light, dark] = /--paper:light-dark\((#\w+),(#\w+)\)/.exec(html)!;
  const colours = [...document.querySelectorAll("[name=theme-color]")].map(
    (meta) => [meta.getAttribute("media"), meta.getAttribute("content")],
  );
  expect(colours).toEqual([
    ["(prefers-color-scheme:light)", light],
    ["(prefers-color-scheme:dark)", dark],
  ]);
});

describe.each(pages.map((page) => [page.path, page] as const))(
  "%s",
  (_, page) => {
    const { document, html, language } = page;

    test("leads only to pages and headings that are there, in its own language", () => {
      const broken = addresses(document).flatMap(({ from, url }) => {
        if (/^(https?:|mailto:)/.test(url)) return [];
        const { pathname, hash } = new URL(url, `http://x${base}${page.path}`);
        if (!pathname.startsWith(`${base}/`))
          return [`${from}: not under ${base}`];
        const path = decodeURI(pathname.slice(base.length));
        const target = byPath.get(path);
        if (!target)
          return existsSync(join(dist, path)) ? [] : [`${from}: no such file`];
        const id = decodeURIComponent(hash.slice(1));
        if (id && !target.document.getElementById(id))
          return [`${from}: no such id`];
        const foreign = /^\/(ko|en)\//.exec(path)?.[1];
        const link = from.match(/hreflang="(\w+)"/)?.[1];
        const both = page.path === "/" || page.path === "/404.html";
        if (foreign && foreign !== language && foreign !== link && !both) {
          return [`${from}: another language`];
        }
        return [];
      });
      expect(broken).toEqual([]);
    });

    test("has unique ids, one h1, and no heading that skips a level", () => {
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      const levels = [
        ...document.querySelectorAll("main :is(h1,h2,h3,h4)"),
      ].map(({ tagName }) => Number(tagName[1]));
      expect(levels[0]).toBe(1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      levels.reduce((above, level) => {
        expect(level).toBeLessThanOrEqual(above + 1);
        return level;
      });
    });

    test("needs nothing that its policy refuses", () => {
      const policy = document
        .querySelector('meta[http-equiv="content-security-policy"]')
        ?.getAttribute("content");
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-inline");
      expect(html).not.toMatch(/<[^>]+\sstyle=/);
      expect(html).not.toMatch(/<[^>]+\son\w+=/);
      const foreign = addresses(document).filter(
        ({ from, url }) =>
          /^(https?:)?\/\//.test(url) &&
          !/^<(a|link rel="(canonical|alternate|sitemap))/.test(from),
      );
      expect(foreign).toEqual([]);
    });

    test("has a title, a description and a language", () => {
      expect(document.title).not.toBe("");
      const description = document.querySelector('meta[name="description"]');
      expect(description?.getAttribute("content")).toBeTruthy();
      expect(LANGUAGES).toContain(language);
    });
  },
);

describe.each(notes.map((page) => [page.path, page] as const))(
  "%s",
  (path, page) => {
    const { document, html } = page;

    test(`weighs no more than ${MOST_BYTES} bytes, gzip -9, and is one response`, () => {
      const slug = path.split("/")[2]!;
      const findings = checkWeight(page.language as Language, slug, html);
      expect(findings, report(findings)).toEqual([]);
      expect(html).not.toMatch(/<link[^>]+stylesheet|<script[^>]+src=|<img/);
    });

    test("has each footnote beside its reference and at the foot, with the way back", () => {
      const references = [...document.querySelectorAll(".ref")];
      expect(references.length).toBeGreaterThanOrEqual(2);
      const numbers = references.map(({ textContent }) => Number(textContent));
      const first = [...new Set(numbers)];
      expect(first).toEqual(first.toSorted((a, b) => a - b));
      const listed = [...document.querySelectorAll(".footnotes li")];
      expect(listed).toHaveLength(first.length);
      const said = (element: Element) =>
        element.textContent!.replace(/[↩\s]+/g, " ").trim();
      for (const reference of references) {
        const number = Number(reference.textContent);
        const atFoot = listed[number - 1]!;
        const back = [...atFoot.querySelectorAll("a[href^='#fnref-']")].map(
          (link) => decodeURI(link.getAttribute("href")!.slice(1)),
        );
        expect(back).toContain(reference.id);
        const id = reference.getAttribute("popovertarget")!;
        const beside = document.getElementById(id)!;
        expect(said(beside)).toBe(`${number} ${said(atFoot)}`);
      }
    });

    test("shows figure, bound, control and proof beside every claim", () => {
      const claims = [...document.querySelectorAll(".claim")];
      expect(claims.length).toBeGreaterThanOrEqual(2);
      for (const claim of claims) {
        const proof = claim.nextElementSibling!;
        expect(proof.className).toBe("aside proof");
        expect(proof.querySelector("b")!.textContent).toMatch(/\d/);
        expect(proof.textContent).toMatch(/[=≥≤<>] ?\d/);
        expect(proof.textContent).toMatch(/\(fails\)|불통과/);
        const link = proof.querySelector("a")!.getAttribute("href");
        expect(link).toBe(
          `${base}${path}evidence/#${claim.id.replace("claim-", "")}`,
        );
      }
    });

    test("shows the example's own text, its command and what it printed", () => {
      const slug = path.split("/")[2]!;
      const [main] = programFiles(slug);
      const source = readFileSync(main!.example, "utf8");
      const listing = document.querySelector(
        ".example > details code",
      )!.textContent!;
      expectListing(listing, source, page.language);
      const command = document.querySelector(".cmd code")!.textContent;
      expect(command).toBe(main!.command);
      const evidence = JSON.parse(readFileSync(main!.evidence, "utf8"));
      expect(document.querySelector("samp")!.textContent).toBe(
        evidence.output.join("\n"),
      );
      expect(
        document.querySelectorAll("svg.timeline rect").length,
      ).toBeGreaterThan(0);
      const { document: evidencePage } = byPath.get(`${path}evidence/`)!;
      expect(
        document.querySelector(`a[href="${base}${path}evidence/#timeline"]`),
      ).not.toBeNull();
      const rows = evidencePage.querySelectorAll(
        "#timeline + .scroll tbody tr",
      );
      expect(rows.length).toBeGreaterThan(0);
    });
  },
);

test("nothing of what npm run dev adds to a page is built", () => {
  const scripts = globSync("**/*.{html,js}", { cwd: dist });
  const said = scripts.filter((file) =>
    readFileSync(join(dist, file), "utf8").includes("findings-closed"),
  );
  expect(said).toEqual([]);
});

test("labels of footnotes are in the page's language", () => {
  for (const { document, language } of notes) {
    const title = document.getElementById("footnote-label")!.textContent;
    expect(title).toBe(language === "ko" ? "각주" : "Footnotes");
    for (const link of document.querySelectorAll(
      ".footnotes a[href^='#fnref-']",
    )) {
      expect(link.getAttribute("aria-label")).toMatch(
        language === "ko" ? /^본문으로/ : /^Back to the text/,
      );
    }
  }
});

test.each(["latency", "throughput"])(
  "%s draws what its run recorded, and says it in words",
  (slug) => {
    for (const language of LANGUAGES) {
      const { document } = byPath.get(`/${language}/${slug}/`)!;
      const drawing = document.querySelector("figure.drawing svg")!;
      expect(drawing.querySelectorAll("rect").length).toBeGreaterThan(3);
      expect(drawing.getAttribute("aria-label")).toMatch(/\d+ ms/);
    }
  },
);
