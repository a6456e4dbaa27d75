import type { APIRoute } from "astro";
import { noteOf, notesOf, slugOf } from "../../components/note-data.ts";
import type { Language } from "../../languages.ts";
import { LANGUAGES, otherLanguage } from "../../languages.ts";
import type { SearchData } from "../../search/search-dialog.ts";
import { searchNote } from "../../search/note-text.ts";
import { wordsOf } from "../../words.ts";

export function getStaticPaths() {
  return LANGUAGES.map((language) => ({ params: { language } }));
}

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const { footnotes, search } = wordsOf(language);
  const { title: _, field: __, ...words } = search;
  const notes = (await notesOf(language)).map(async (entry) => {
    const slug = slugOf(entry);
    const { data: other } = await noteOf(otherLanguage(language), slug);
    const body = entry.body ?? "";
    return searchNote(slug, body, entry.data, other, footnotes.title);
  });
  return Response.json({
    words,
    notes: await Promise.all(notes),
  } satisfies SearchData);
};
