import type { APIRoute } from "astro";
import type { Language } from "../../book/languages.ts";
import { LANGUAGES } from "../../book/languages.ts";
import type { SearchData } from "../../client/search/search-dialog.ts";
import { searchFiles } from "../../build/search-files.ts";
import { wordsOf } from "../../build/words.ts";

export function getStaticPaths() {
  return LANGUAGES.map((language) => ({ params: { language } }));
}

/** What the search loads first. */
export const GET: APIRoute = ({ params }) => {
  const language = params["language"] as Language;
  const { search, notLoaded } = wordsOf(language);
  const words = { ...search, notLoaded };
  const { parts: _, ...whole } = searchFiles(language);
  return Response.json({ words, ...whole } satisfies SearchData);
};
