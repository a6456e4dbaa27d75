import { pathToFileURL } from "node:url";
import { markdownToHtml } from "satteri";
import { expect, test } from "vitest";
import { footnotes } from "../../src/build/footnotes.ts";
import { FEATURES } from "../../src/book/note-tree.ts";

const SOURCE = `First.[^a] Second.[^b] First again.[^a]

[^a]: See *this* [source](https://example.org/).

[^b]: Another.
`;

const render = async (language: string) => {
  const file = `/src/content/notes/${language}/x.mdx`;
  const options = { features: FEATURES, hastPlugins: [footnotes] };
  const { html } = markdownToHtml(SOURCE, {
    ...options,
    fileURL: pathToFileURL(file),
  });
  return html;
};

const countOf = (html: string, part: string) => html.split(part).length - 1;

test("two references to one note open one and the same", async () => {
  const html = await render("en");
  expect(countOf(html, 'popovertarget="aside-1"')).toBe(2);
  expect(countOf(html, 'id="aside-1"')).toBe(1);
  expect(countOf(html, 'id="aside-2"')).toBe(1);
  const ids = [...html.matchAll(/<button[^>]* id="([^"]+)"/g)];
  expect(new Set(ids.map(([, id]) => id)).size).toBe(3);
});

test("the foot leads back to each reference", async () => {
  const html = await render("en");
  const foot = html.slice(html.indexOf("<section"));
  const back = [...foot.matchAll(/href="#([^"]+)"[^>]*aria-label="([^"]+)"/g)];
  expect(back.map(([, , label]) => label)).toEqual([
    "Back to the text",
    "Back to the text (2)",
    "Back to the text",
  ]);
  for (const [, id] of back) expect(countOf(html, `id="${id}"`)).toBe(1);
});

test("a note keeps its links and emphasis, and loses its way back", async () => {
  const html = await render("en");
  const beside = /<span class="aside footnote" id="aside-1".*?<\/span>/.exec(
    html,
  );
  expect(beside?.[0]).toContain(
    '<b>1</b> See <em>this</em> <a href="https://example.org/">source</a>.',
  );
  expect(beside?.[0]).not.toContain("↩");
});

test("labels are in the language of the note", async () => {
  const html = await render("ko");
  expect(html).toContain('aria-label="각주 2"');
  expect(html).toContain('aria-label="본문으로 돌아가기 (2)"');
});
