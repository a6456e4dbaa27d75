import type { APIRoute } from "astro";
import type { Language } from "../book/languages.ts";
import { LANGUAGES } from "../book/languages.ts";
import { SLUGS } from "../book/parts.ts";
import { evidenceOf } from "../build/note-data.ts";
import type { Orders } from "../build/order-words.ts";
import type { StatedClaim } from "../build/stated-claims.ts";
import { proveCommand, statedClaims } from "../build/stated-claims.ts";
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
      const { hash, recorded } = await evidenceOf(slug);
      const inLanguages = await Promise.all(
        LANGUAGES.map((language) => statedClaims(language, slug)),
      );
      return inLanguages[0]!.map((stated, index) => ({
        id: `${slug}/${stated.id}`,
        sentences: perLanguage((_, at) => inLanguages[at]![index]!.sentence),
        urls: perLanguage((language) =>
          absolute(urlOf(language, "claims", slug, stated.id)),
        ),
        ...measured(stated),
        needs: stated.needs,
        runsInBrowsers: stated.nodeOnly === undefined,
        command: proveCommand(slug, stated.id),
        recorded,
        hash,
      }));
    }),
  );
  return Response.json({ claims: claims.flat() });
};

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
