import type { ClaimEvidence } from "../book/evidence.ts";
import { filesOf } from "../book/files.ts";
import type { Language } from "../book/languages.ts";
import { readNotes } from "../book/read-notes.ts";
import { claimSources, needsIn } from "../book/source.ts";
import { needOfNode, whereItRuns } from "../book/where-it-runs.ts";
import type { Need } from "../measure/needs.ts";
import { evidenceOf } from "./note-data.ts";
import type { OrderClaim } from "./order-words.ts";
import { exampleSource, testSource } from "./sources.ts";
import { fill, wordsOf } from "./words.ts";

/** A claim of a note, with all that is known of it. */
export interface StatedClaim {
  id: string;
  /** As the note of the language states it. */
  sentence: string;
  /** The text of its test. */
  source: string;
  needs: Need[];
  /** What was measured, or explored in every order. */
  claim: ClaimEvidence | undefined;
  orders: OrderClaim | undefined;
  /** Why no browser can measure it, in the language; nothing if one can. */
  nodeOnly: string | undefined;
}

/** The claims of a slug's test, in its order. */
export async function statedClaims(
  language: Language,
  slug: string,
): Promise<StatedClaim[]> {
  const { claims, inEveryOrder } = await evidenceOf(slug);
  const where = whereItRuns(await exampleSource(slug));
  const sentences = readNotes()[language].get(slug)?.claims ?? [];
  const words = wordsOf(language);
  const sources = claimSources(await testSource(slug), filesOf(slug).test);
  return [...sources].map(([id, source]) => {
    const needs = needsIn(source) as Need[];
    const orders = inEveryOrder[id];
    const need =
      where === "node" ? "Node" : orders ? "every order" : needOfNode(needs);
    return {
      id,
      sentence: sentences.find((one) => one.id === id)?.text ?? id,
      source,
      needs,
      claim: claims[id],
      orders,
      nodeOnly:
        need && fill(words.prove.nodeOnly, { need: words.needsOfClaims[need] }),
    };
  });
}

/** The command that proves a note's claims in Node, or one of them. */
export function proveCommand(slug: string, id?: string): string {
  const command = `npm run test:claims -- ${slug}`;
  return id === undefined ? command : `${command} -t ${id}`;
}
