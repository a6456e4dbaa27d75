import type { APIRoute } from "astro";
import { PARTS } from "../book/parts.ts";
import { noteOf } from "../build/note-data.ts";
import { LANGUAGES } from "../book/languages.ts";
import { fileUrl } from "../build/urls.ts";
import { fill, wordsOf } from "../build/words.ts";

/** The notes for language models, as https://llmstxt.org describes it. */
export const GET: APIRoute = async ({ site }) => {
  const absolute = (path: string) =>
    site ? new URL(fileUrl(path), site).href : fileUrl(path);
  const { site: name, tagline } = wordsOf("en");
  const sections = await Promise.all(
    LANGUAGES.flatMap((language) =>
      PARTS.map(async ({ number, title, notes }) => {
        const words = wordsOf(language);
        const links = await Promise.all(
          notes.map(async (slug) => {
            const { data } = await noteOf(language, slug);
            return `- [${data.title}](${absolute(`${language}/${slug}.md`)}): ${data.definition}`;
          }),
        );
        const part = fill(words.part, { n: number });
        return `## ${words.name}: ${part} ${title[language]}\n\n${links.join("\n")}\n`;
      }),
    ),
  );
  return new Response(`# ${name}\n\n> ${tagline}\n\n${sections.join("\n")}`);
};
