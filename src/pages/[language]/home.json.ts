import type { APIRoute } from "astro";
import { LANGUAGES } from "../../book/languages.ts";
import type { Language } from "../../book/languages.ts";
import { claimOf, noteOf } from "../../build/note-data.ts";
import { wordsOf } from "../../build/words.ts";
import type { HomeRunData } from "../../client/run/run-home.ts";
import runWorker from "../../client/run/run-worker.ts?worker&url";
import shown from "../../content/home.json";

export function getStaticPaths() {
  return LANGUAGES.map((language) => ({ params: { language } }));
}

/** What the first page's Run loads. */
export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const { homePage, notLoaded } = wordsOf(language);
  const { bound } = await claimOf(shown.slug, shown.claim);
  const { inTurn, together, length, running, yours, holds, broken, failed } =
    homePage;
  return Response.json({
    worker: runWorker,
    slug: shown.slug,
    tracks: shown.tracks,
    names: (await noteOf(language, shown.slug)).data.words ?? {},
    bound,
    words: {
      inTurn,
      together,
      length,
      running,
      yours,
      holds,
      broken,
      failed,
      notLoaded,
    },
  } satisfies HomeRunData);
};
