import type { ClaimEvidence } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import type { Program } from "../book/programs.ts";
import { programsOf } from "../book/programs.ts";
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
  /** The program about which it is proven. */
  program: Program;
}

/** A claim of a note, as its main program proves it, or else the other. */
export interface NoteClaim extends StatedClaim {
  /** The same claim, proven about the other program too. */
  also: StatedClaim | undefined;
}

/** The claims of a slug, each once: those of its main program first. */
export async function claimsOfNote(
  language: Language,
  slug: string,
): Promise<NoteClaim[]> {
  const [main = [], others = []] = await Promise.all(
    programsOf(slug).map((program) => statedClaims(language, program)),
  );
  const known = new Set(main.map(({ id }) => id));
  return [
    ...main.map((claim) => ({
      ...claim,
      also: others.find(({ id }) => id === claim.id),
    })),
    ...others
      .filter(({ id }) => !known.has(id))
      .map((claim) => ({ ...claim, also: undefined })),
  ];
}

/** The claims of a program's test, in its order. */
export async function statedClaims(
  language: Language,
  program: Program,
): Promise<StatedClaim[]> {
  const { claims, inEveryOrder } = await evidenceOf(program);
  const isPython = program.language === "python";
  const where = whereItRuns(await exampleSource(program));
  const sentences = readNotes()[language].get(program.slug)?.claims ?? [];
  const words = wordsOf(language);
  const sources = claimSources(await testSource(program), program.test);
  return [...sources].map(([id, source]) => {
    const needs = needsIn(source) as Need[];
    const orders = inEveryOrder[id];
    const need = isPython
      ? "Python"
      : where === "node"
        ? "Node"
        : orders
          ? "every order"
          : needOfNode(needs);
    return {
      id,
      program,
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

/** The command that proves the claims about a program, or one of them. */
export function proveCommand({ test }: Program, id?: string): string {
  const command = `npm run test:claims -- ${test}`;
  return id === undefined ? command : `${command} -t ${id}`;
}
