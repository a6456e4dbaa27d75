import type { APIRoute } from "astro";
import {
  evidenceOf,
  shownSource,
  noteOf,
  translator,
} from "../../build/note-data.ts";
import type { Language } from "../../book/languages.ts";
import { programsOf } from "../../book/programs.ts";
import { readNotes } from "../../book/read-notes.ts";
import { plainMarkdown } from "../../build/plain-markdown.ts";
import { getStaticPaths as notePaths } from "./[slug]/index.astro";

export const getStaticPaths = notePaths;

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const entry = await noteOf(language, slug);
  const { title } = entry.data;
  const markdown = plainMarkdown({
    language,
    slug,
    title,
    body: entry.body ?? "",
    programs: await Promise.all(
      programsOf(slug).map(async (program) => ({
        program,
        evidence: await evidenceOf(program),
        source: await shownSource(language, program),
      })),
    ),
    translate: translator(entry),
    notes: readNotes(),
  });
  return new Response(markdown);
};
