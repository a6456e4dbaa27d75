import type { Evidence } from "../book/evidence.ts";
import type { Json } from "../book/json.ts";
import { nearest } from "../book/nearest.ts";
import type { Variants } from "../book/variants.ts";
import { VARIANTS_FILE } from "../book/variants.ts";
import type { Finding } from "./finding.ts";

/**
 * Each variant begins with a track of one of the slug's programs.
 *
 * @param slugs of all programs
 * @param evidence of today's code, by slug
 */
export function checkVariants(
  { value, lineOf }: Json<Variants>,
  slugs: readonly string[],
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): Finding[] {
  return Object.entries(value).flatMap(([slug, variants]): Finding[] => {
    const at = (path: PropertyKey[], message: string): Finding => {
      return { file: VARIANTS_FILE, line: lineOf(path), slug, message };
    };
    if (!slugs.includes(slug)) {
      return [at([slug], `There is no “${slug}”. ${nearest(slug, slugs)}`)];
    }
    const tracks = evidence
      .get(slug)
      ?.flatMap(({ spans, points }) => [...spans, ...points])
      .map(({ name, track = name }) => track);
    if (!tracks) return [];
    const known = [...new Set(tracks)];
    return variants.flatMap((variant, index) =>
      known.includes(variant)
        ? []
        : at(
            [slug, index],
            `No program of ${slug} has a track “${variant}”. ${nearest(variant, known)}`,
          ),
    );
  });
}
