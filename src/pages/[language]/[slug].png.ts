import type { APIRoute } from "astro";
import { cardSvg } from "../../draw/card/card-svg.ts";
import {
  mainProgram,
  noteOf,
  timelineOf,
  translator,
} from "../../build/note-data.ts";
import type { Language } from "../../book/languages.ts";
import { wordsOf } from "../../build/words.ts";
import { getStaticPaths as notePaths } from "./[slug]/index.astro";

/**
 * A picture is found by its absolute address only: there is none where nobody
 * gave the site's.
 */
export function getStaticPaths() {
  return import.meta.env.SITE ? notePaths() : [];
}

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const entry = await noteOf(language, slug);
  const svg = cardSvg({
    ...entry.data,
    site: wordsOf(language).site,
    layout: await timelineOf(mainProgram(slug)),
    name: translator(entry),
  });
  const { default: sharp } = await import("sharp");
  // Nothing shows through it, and so it is a tenth smaller.
  const png = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
  return new Response(new Uint8Array(png));
};
