import type { APIRoute } from "astro";
import { evidenceOf, noteOf, translator } from "../../components/note-data.ts";
import { exampleSource } from "../../components/sources.ts";
import type { Language } from "../../languages.ts";
import { readNotes } from "../../markdown/note.ts";
import { plainMarkdown } from "../../markdown/plain.ts";
import { getStaticPaths as notePaths } from "./[slug]/index.astro";

export const getStaticPaths = notePaths;

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const entry = await noteOf(language, slug);
  const { title, definition } = entry.data;
  const markdown = plainMarkdown({
    ...{ language, slug, title, definition, body: entry.body ?? "" },
    evidence: await evidenceOf(slug),
    example: await exampleSource(slug),
    translate: translator(entry),
    notes: readNotes(),
  });
  return new Response(markdown);
};
