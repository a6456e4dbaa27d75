import type { APIRoute } from "astro";
import { evidenceOf, noteOf, translator } from "../../build/note-data.ts";
import { exampleSource } from "../../build/sources.ts";
import type { Language } from "../../book/languages.ts";
import { readNotes } from "../../book/read-notes.ts";
import { plainMarkdown } from "../../build/plain-markdown.ts";
import { getStaticPaths as notePaths } from "./[slug]/index.astro";

export const getStaticPaths = notePaths;

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const entry = await noteOf(language, slug);
  const { title, definition } = entry.data;
  const markdown = plainMarkdown({
    language,
    slug,
    title,
    definition,
    body: entry.body ?? "",
    evidence: await evidenceOf(slug),
    example: await exampleSource(slug),
    translate: translator(entry),
    notes: readNotes(),
  });
  return new Response(markdown);
};
