import type { APIRoute } from "astro";
import type { Language } from "../../../book/languages.ts";
import { programOf } from "../../../book/programs.ts";
import { noteOf, translator } from "../../../build/note-data.ts";
import { REPOSITORY } from "../../../build/repository.ts";
import { proveCommand, statedClaims } from "../../../build/stated-claims.ts";
import { wordsOf } from "../../../build/words.ts";
import type { ProveData, Recorded } from "../../../client/prove/prove-panel.ts";

export { getStaticPaths } from "./run.json.ts";

/** As often as the recorder measures. */
const RUNS = 20;

export const GET: APIRoute = async ({ params }) => {
  const language = params["language"] as Language;
  const slug = params["slug"]!;
  const translate = translator(await noteOf(language, slug));
  const { prove, run, evidence, needsOfClaims, notLoaded } = wordsOf(language);
  const { start: _, all: __, inNode: ___, nodeOnly: ____, ...words } = prove;
  const program = programOf(slug, "typescript");
  const stated = await statedClaims(language, program);
  const claims = stated.map(({ id, sentence, nodeOnly, claim }) => {
    const { subject = [], controls = {} } = claim ?? {};
    const named = Object.entries(controls).map(([name, { figures }]) => [
      name,
      recorded(translate(name), figures),
    ]);
    const data = {
      sentence,
      nodeOnly,
      subject: recorded(evidence.subject, subject),
      controls: Object.fromEntries(named),
    };
    return [id, data];
  });
  return Response.json({
    slug,
    runs: RUNS,
    claims: Object.fromEntries(claims),
    command: proveCommand(program, "{id}"),
    report: REPOSITORY && `${REPOSITORY}/issues/new?template=claim-fails.yml`,
    needs: Object.fromEntries(
      stated
        .flatMap(({ needs }) => needs)
        .map((need) => [need, needsOfClaims[need]]),
    ),
    words: { ...words, stop: run.stop, notLoaded },
  } satisfies ProveData);
};

/** As exact as a drawing of some hundred pixels can show. */
function recorded(name: string, figures: readonly number[]): Recorded {
  const exact = (value: number) => Number(value.toPrecision(4));
  return {
    name,
    ...(figures.length > 0 && {
      spread: [exact(Math.min(...figures)), exact(Math.max(...figures))],
    }),
  };
}
