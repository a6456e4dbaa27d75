import rss from "@astrojs/rss";
import type { APIRoute } from "astro";
import { changedOn } from "../../build/changes.ts";
import {
  evidenceOf,
  mainProgram,
  notesOf,
  slugOf,
} from "../../build/note-data.ts";
import { noteFile } from "../../book/files.ts";
import type { Language } from "../../book/languages.ts";
import { LANGUAGES } from "../../book/languages.ts";
import { urlOf } from "../../build/urls.ts";
import { wordsOf } from "../../build/words.ts";

/** A feed has absolute addresses: there is none where nobody gave the site's. */
export function getStaticPaths() {
  if (!import.meta.env.SITE) return [];
  return LANGUAGES.map((language) => ({ params: { language } }));
}

/** The notes of a language, the latest change of text or evidence first. */
export const GET: APIRoute = async ({ params, site }) => {
  const language = params["language"] as Language;
  const words = wordsOf(language);
  const items = await Promise.all(
    (await notesOf(language)).map(async (entry) => {
      const slug = slugOf(entry);
      const program = mainProgram(slug);
      const { recorded } = await evidenceOf(program);
      const text = changedOn(noteFile(language, slug));
      const evidence = changedOn(program.evidence) ?? new Date(recorded.date);
      return {
        title: entry.data.title,
        description: entry.data.definition,
        link: urlOf(language, slug),
        pubDate: text && text > evidence ? text : evidence,
      };
    }),
  );
  return rss({
    title: words.site,
    description: words.tagline,
    site: new URL(urlOf(language), site).href,
    items: items.toSorted((a, b) => +b.pubDate - +a.pubDate),
    customData: `<language>${language}</language>`,
  });
};
