import type { APIRoute } from "astro";
import type { Language } from "../../../book/languages.ts";
import { programOf } from "../../../book/programs.ts";
import { readNotes } from "../../../book/read-notes.ts";
import { evidenceOf, noteOf, translator } from "../../../build/note-data.ts";
import { scheduledIn, scheduleOf } from "../../../build/schedule.ts";
import { getStaticPaths as notePaths } from "./index.astro";

/** What a note lets its readers schedule. */
function scheduled(language: Language, slug: string): string[] {
  const note = readNotes()[language].get(slug);
  return (note?.drawings ?? []).flatMap((drawing) =>
    drawing.startsWith("Scheduler ")
      ? [drawing.slice("Scheduler ".length)]
      : [],
  );
}

export async function getStaticPaths() {
  const paths = await notePaths();
  return paths.filter(
    ({ params }) =>
      scheduled(params.language as Language, params.slug).length > 0,
  );
}

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const evidence = await evidenceOf(programOf(slug, "typescript"));
  const translate = translator(await noteOf(language, slug));
  const schedules = scheduled(language, slug).map((of) => {
    const { claim, orders } = scheduledIn(evidence, of, slug);
    return [of, scheduleOf(orders, claim, translate, language)];
  });
  return Response.json(Object.fromEntries(schedules));
};
