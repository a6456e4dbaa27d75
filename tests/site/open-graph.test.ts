import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, inject, test } from "vitest";
import { SLUGS } from "../../src/book/parts.ts";
import { LANGUAGES } from "../../src/book/languages.ts";
import { readNotes } from "../../src/book/read-notes.ts";
import { builtPages } from "./pages.ts";

const dist = inject("dist");
const base = inject("base");
const pages = new Map(builtPages().map((page) => [page.path, page.document]));
const pictureOf = (language: string, slug: string) =>
  readFileSync(join(dist, language, `${slug}.png`));

describe.each(LANGUAGES)("where a note in “%s” is shared", (language) => {
  test.each(SLUGS)("%s shows its title, definition and picture", (slug) => {
    const { title, frontmatter } = readNotes()[language].get(slug)!;
    const tags = Object.fromEntries(
      Array.from(
        pages
          .get(`/${language}/${slug}/`)!
          .querySelectorAll('meta[property^="og:"], meta[name^="twitter:"]'),
        (tag) => [
          tag.getAttribute("property") ?? tag.getAttribute("name"),
          tag.getAttribute("content"),
        ],
      ),
    );
    expect(tags).toEqual({
      "og:type": "article",
      "og:title": title,
      "og:description": frontmatter["definition"],
      "og:image": `https://notes.example${base}/${language}/${slug}.png`,
      "og:image:alt": expect.stringContaining(title),
      "twitter:card": "summary_large_image",
    });
  });

  test.each(SLUGS)("%s has a picture of its size, not empty", async (slug) => {
    const { data, info } = await sharp(pictureOf(language, slug))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 1200, height: 630 });
    const row = info.width * info.channels;
    for (const [part, top, bottom] of [
      ["title", 120, 180],
      ["definition", 215, 250],
      ["timeline", 340, 560],
    ] as const) {
      const pixels = data.subarray(top * row, bottom * row);
      expect(
        pixels.some((value) => value < 110),
        part,
      ).toBe(true);
    }
  });
});

test("no two notes, and no two languages, share a picture", () => {
  const pictures = LANGUAGES.flatMap((language) =>
    SLUGS.map((slug) => pictureOf(language, slug).toString("base64")),
  );
  expect(new Set(pictures).size).toBe(SLUGS.length * LANGUAGES.length);
});
