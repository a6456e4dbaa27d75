import type { APIRoute } from "astro";
import type { Language } from "../book/languages.ts";
import { LANGUAGES } from "../book/languages.ts";
import { SLUGS } from "../book/parts.ts";
import { RUNTIME_IDS, verdictOf } from "../book/runtimes.ts";
import { evidenceOf } from "../build/note-data.ts";
import { resultsOf } from "../build/runtimes.ts";
import type { Orders } from "../build/order-words.ts";
import type { StatedClaim } from "../build/stated-claims.ts";
import { claimsOfNote, proveCommand } from "../build/stated-claims.ts";
import { urlOf } from "../build/urls.ts";
import { summarise } from "../measure/statistics.ts";

/**
 * All claims as data: what each says, what its subject and controls measured,
 * and the hashes of what was run.
 */
export const GET: APIRoute = async ({ site }) => {
  const absolute = (url: string) => (site ? new URL(url, site).href : url);
  const claims = await Promise.all(
    SLUGS.map(async (slug) => {
      const inLanguages = await Promise.all(
        LANGUAGES.map((language) => claimsOfNote(language, slug)),
      );
      const told = inLanguages[0]!.map(async (stated, index) => ({
        id: `${slug}/${stated.id}`,
        sentences: perLanguage((_, at) => inLanguages[at]![index]!.sentence),
        urls: perLanguage((language) =>
          absolute(urlOf(language, "claims", slug, stated.id)),
        ),
        ...(await proof(slug, stated)),
        also: stated.also && (await proof(slug, stated.also)),
      }));
      return Promise.all(told);
    }),
  );
  return Response.json({ claims: claims.flat() });
};

/** What a claim is about, and all that was measured of it. */
async function proof(slug: string, stated: StatedClaim) {
  const { program, needs, nodeOnly, id } = stated;
  const { hash, recorded } = await evidenceOf(program);
  return {
    program: program.example,
    ...measured(stated),
    ...(program.language === "typescript" && {
      runtimes: await elsewhere(slug, id),
    }),
    needs,
    runsInBrowsers: nodeOnly === undefined,
    command: proveCommand(program, id),
    recorded,
    hash,
  };
}

/** What the claim is on the other runtimes, by their names in the commands. */
async function elsewhere(slug: string, id: string) {
  const all = await Promise.all(
    RUNTIME_IDS.map(async (runtime) => {
      const result = (await resultsOf(runtime))[slug];
      const outcome = result?.claims[id];
      if (!result || !outcome) return [];
      const { recorded, hash } = result;
      const verdict = verdictOf(outcome);
      const figures =
        "subject" in outcome
          ? {
              subject: summarise(outcome.subject),
              controls: Object.entries(outcome.controls).map(
                ([name, { figures }]) => ({ name, ...summarise(figures) }),
              ),
            }
          : outcome;
      return [[runtime, { verdict, ...figures, recorded, hash }]];
    }),
  );
  return Object.fromEntries(all.flat()) as Record<string, unknown>;
}

function perLanguage<T>(
  value: (language: Language, at: number) => T,
): Record<Language, T> {
  const entries = LANGUAGES.map((each, at) => [each, value(each, at)]);
  return Object.fromEntries(entries) as Record<Language, T>;
}

/** The figure and its bound, and the spread of subject and controls. */
function measured({ claim, orders }: StatedClaim) {
  const stated = claim ?? orders;
  if (!stated) return undefined;
  const { figure, unit, bound } = stated;
  return {
    figure,
    unit,
    bound,
    ...(claim && {
      subject: summarise(claim.subject),
      controls: Object.entries(claim.controls).map(
        ([name, { leavesOut, figures }]) => ({
          name,
          leavesOut,
          ...summarise(figures),
        }),
      ),
    }),
    ...(orders && {
      subject: explored(orders.subject),
      controls: Object.entries(orders.controls).map(([name, control]) => ({
        name,
        leavesOut: control.leavesOut,
        ...explored(control),
      })),
    }),
  };
}

/** What orders there are, without each step of them. */
function explored({ of, count, lateness, orders, outcomes }: Orders) {
  return { of, count, lateness, orders, outcomes };
}
