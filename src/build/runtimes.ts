import { getCollection } from "astro:content";
import { hashesOf, measuringHashAt } from "../book/code-hash.ts";
import type { Language } from "../book/languages.ts";
import { SLUGS } from "../book/parts.ts";
import type {
  Outcome,
  RuntimeId,
  RuntimeResults,
  SlugResult,
  Verdict,
} from "../book/runtimes.ts";
import {
  isStale,
  parseReasons,
  reasonFor,
  RUNTIME_IDS,
  RUNTIMES,
  verdictOf,
} from "../book/runtimes.ts";
import reasonsText from "../content/reasons.json?raw";
import { showBound, showFigure } from "../draw/figure.ts";
import { median } from "../measure/statistics.ts";
import { programOf } from "../book/programs.ts";
import { evidenceOf, noteOf, translator } from "./note-data.ts";
import { fill, wordsOf } from "./words.ts";

/** The Node of the evidence has its place between the others. */
export type ColumnId = RuntimeId | "node24";
export const COLUMNS: readonly ColumnId[] = [
  ...RUNTIME_IDS.slice(0, 1),
  "node24",
  ...RUNTIME_IDS.slice(1),
];

/** What a runtime is called: "Deno". */
export function columnName(column: ColumnId): string {
  return column === "node24" ? "Node 24" : RUNTIMES[column].name;
}

/** A claim on a runtime. */
export interface Cell {
  column: ColumnId;
  verdict: Verdict | "unknown";
  /** In the language: why it does not hold, or cannot be measured. */
  why?: string;
}

const { value: reasons } = parseReasons(reasonsText);

/** What stands in a runtime's file. */
export async function resultsOf(runtime: RuntimeId): Promise<RuntimeResults> {
  const entries = await getCollection("runtimes");
  return entries.find(({ id }) => id === runtime)?.data ?? {};
}

/** What is known of a slug's claim on each runtime. */
export async function cellsOf(
  language: Language,
  slug: string,
  id: string,
): Promise<Cell[]> {
  const { claims } = await evidenceOf(programOf(slug, "typescript"));
  if (!claims[id]) return [];
  return Promise.all(
    COLUMNS.map(async (column): Promise<Cell> => {
      // Nothing is recorded as evidence unless each claim holds.
      if (column === "node24") return { column, verdict: "holds" };
      const outcome = (await resultsOf(column))[slug]?.claims[id];
      if (!outcome) return { column, verdict: "unknown" };
      const verdict = verdictOf(outcome);
      if (verdict === "holds") return { column, verdict };
      const reason = reasonFor(reasons, `${slug}/${id}`, column)?.[language];
      const said = await saidOf(outcome, language, slug);
      return { column, verdict, why: [reason, said].filter(Boolean).join(" ") };
    }),
  );
}

/** What was measured, or kept it from being measured, in words. */
async function saidOf(
  outcome: Outcome,
  language: Language,
  slug: string,
): Promise<string> {
  const words = wordsOf(language).runtimes;
  if ("missing" in outcome) {
    const need = words.needs[outcome.missing as keyof typeof words.needs];
    return fill(words.missing, { need });
  }
  if ("hungAfter" in outcome) return fill(words.hung, { n: outcome.hungAfter });
  if ("failed" in outcome) return fill(words.failed, { error: outcome.failed });
  if ("noFigure" in outcome) return words.noFigure;
  const translate = translator(await noteOf(language, slug));
  const { unit, bound, figure, subject, controls } = outcome;
  const spread = (figures: readonly number[]) =>
    [Math.min(...figures), median(figures), Math.max(...figures)]
      .map((value) => showFigure(value, unit, language))
      .filter((text, at, all) => text !== all[at - 1])
      .join("–");
  return fill(words.figures, {
    figure: translate(figure),
    subject: spread(subject),
    bound: showBound(bound, unit, language),
    controls: Object.entries(controls)
      .map(([name, { figures }]) => `${translate(name)} ${spread(figures)}`)
      .join(", "),
  });
}

/** The names of the runtimes on which a claim is so. */
export function namesOf(
  cells: readonly Cell[],
  verdict: Cell["verdict"],
): string[] {
  return cells
    .filter((cell) => cell.verdict === verdict)
    .map(({ column }) => columnName(column));
}

/** The cells that do not hold, those with one reason together. */
export function explained(
  cells: readonly Cell[],
): { verdict: Cell["verdict"]; names: string[]; why: string }[] {
  const open = cells.filter(({ why }) => why !== undefined);
  const bySame = Map.groupBy(open, ({ verdict, why }) => `${verdict} ${why}`);
  return [...bySame.values()].map((same) => ({
    verdict: same[0]!.verdict,
    why: same[0]!.why!,
    names: same.map(({ column }) => columnName(column)),
  }));
}

/** On which runtimes the program of a slug does not end by itself, and why. */
export async function programFaults(
  language: Language,
  slug: string,
): Promise<string[]> {
  const words = wordsOf(language).runtimes;
  const all = await Promise.all(
    RUNTIME_IDS.map(async (runtime) => {
      const program = (await resultsOf(runtime))[slug]?.program;
      if (!program || "ended" in program) return [];
      const why = reasonFor(reasons, slug, runtime)?.[language] ?? "";
      const said = await saidOf(program, language, slug);
      const { name } = RUNTIMES[runtime];
      return fill(words.program, { name, why: `${why} ${said}`.trim() });
    }),
  );
  return all.flat();
}

/** By slug, the runtimes whose results are of older code than there is. */
export async function staleRuntimes(): Promise<Map<string, string[]>> {
  const stale = new Map<string, string[]>();
  for (const slug of SLUGS) stale.set(slug, []);
  for (const runtime of RUNTIME_IDS) {
    const { isBrowser, name } = RUNTIMES[runtime];
    for (const [slug, result] of Object.entries(await resultsOf(runtime))) {
      const measuring = measuringHashAt(isBrowser, slug);
      const today = { ...hashesOf(slug), measuring };
      if (isStale(result, today)) stale.get(slug)?.push(name);
    }
  }
  return stale;
}

/** What a column's results are of: each version, day and machine, once. */
export async function measuredOn(column: ColumnId) {
  const all: SlugResult["recorded"][] =
    column === "node24"
      ? (
          await Promise.all(
            SLUGS.map((slug) => evidenceOf(programOf(slug, "typescript"))),
          )
        ).map((one) => one.recorded)
      : Object.values(await resultsOf(column)).map((one) => one.recorded);
  const each = (of: (recorded: SlugResult["recorded"]) => string) =>
    [...new Set(all.map(of))].sort().join(", ");
  return {
    versions: each(({ runtime }) => runtime),
    dates: each(({ date }) => date),
    machines: each(({ os, cpu, cores }) => `${os}, ${cpu}, ${cores}`),
  };
}
