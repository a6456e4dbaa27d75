import type { APIRoute } from "astro";
import type { Language } from "../../../book/languages.ts";
import { LANGUAGES } from "../../../book/languages.ts";
import { searchFiles } from "../../../build/search-files.ts";

/** What a query loads of a book that is too long to be loaded whole. */
export async function getStaticPaths() {
  const paths = LANGUAGES.map(async (language) =>
    Object.keys(searchFiles(language).parts).map((part) => ({
      params: { language, part },
    })),
  );
  return (await Promise.all(paths)).flat();
}

export const GET: APIRoute = async ({ params }) => {
  const { parts } = searchFiles(params["language"] as Language);
  return Response.json(parts[params["part"]!]);
};
