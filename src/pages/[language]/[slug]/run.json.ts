import type { APIRoute } from "astro";
import { evidenceOf, noteOf, variantsOf } from "../../../build/note-data.ts";
import { exampleSource } from "../../../build/sources.ts";
import type { Language } from "../../../book/languages.ts";
import { programOf } from "../../../book/programs.ts";
import type { RunData } from "../../../client/run/run-panel.ts";
import runWorker from "../../../client/run/run-worker.ts?worker&url";
import { whereItRuns } from "../../../book/where-it-runs.ts";
import { wordsOf } from "../../../build/words.ts";
import { getStaticPaths as notePaths } from "./index.astro";

/** A browser runs no Python. */
const browserProgram = (slug: string) => programOf(slug, "typescript");

/** The examples that run in a browser. */
export async function getStaticPaths() {
  const paths = await notePaths();
  const runnable = await Promise.all(
    paths.map(async ({ params }) =>
      whereItRuns(await exampleSource(browserProgram(params.slug))) !== "node"
        ? [{ params }]
        : [],
    ),
  );
  return runnable.flat();
}

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const { spans, points } = await evidenceOf(browserProgram(slug));
  const { data } = await noteOf(language, slug);
  const shown = new Set(
    [...spans, ...points].map(({ name, track }) => track ?? name),
  );
  const { run, timeline, notLoaded } = wordsOf(language);
  const { start: _, nodeOnly: __, notIsolated: ___, ...words } = run;
  return Response.json({
    worker: runWorker,
    recorded: {
      spans: spans.map(({ name, track, start, end, cpu }) => ({
        name,
        track,
        start: tenths(start),
        end: tenths(end),
        ...(cpu !== undefined && { cpu: tenths(cpu) }),
      })),
      points: points.map(({ name, track, at }) => ({
        name,
        track,
        at: tenths(at),
      })),
    },
    variants: variantsOf(slug),
    names: Object.fromEntries(
      Object.entries(data.words ?? {}).filter(([english]) =>
        shown.has(english),
      ),
    ),
    words: { ...words, run: run.start, times: timeline.times, notLoaded },
  } satisfies RunData);
};

/** As exact as a drawing of some hundred pixels can show. */
function tenths(ms: number): number {
  return Number(ms.toFixed(1));
}
