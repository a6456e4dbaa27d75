import type { Evidence } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import type { Mark } from "../draw/histogram.ts";
import { loadOf } from "../measure/throughput.ts";
import { orderWords } from "./order-words.ts";
import { scheduledIn } from "./schedule.ts";
import { fill, wordsOf } from "./words.ts";

/** What a drawing is of. */
export interface Drawn {
  /** The component's `of`. */
  of: string;
  slug: string;
  /** Of the slug's program in TypeScript. */
  evidence: Evidence;
  language: Language;
  translate: (english: string) => string;
}

/**
 * The samples of the span that `<Latencies of>` names, in ms, and in words.
 *
 * @throws if the evidence has no such span, with what to do
 */
export function latenciesIn(drawn: Drawn) {
  const { of, slug, evidence, language, translate } = drawn;
  const samples = evidence.spans.find(({ name }) => name === of)?.samples;
  if (!samples) {
    throw new Error(
      `src/content/evidence/${slug}.json has no span “${of}” with samples: measure it in examples/${slug}.ts with detail: { samples }, and record it: npm run record ${slug}`,
    );
  }
  const words = wordsOf(language).latencies;
  const sorted = samples.toSorted((a, b) => a - b);
  const percentile = (share: number) =>
    sorted[Math.ceil(share * sorted.length) - 1]!;
  const mean = sorted.reduce((sum, figure) => sum + figure) / sorted.length;
  const marks: Mark[] = Object.entries({
    p50: percentile(0.5),
    [words.mean]: mean,
    p99: percentile(0.99),
  }).map(([name, at]) => ({ at, text: `${name} ${at.toFixed()} ms` }));
  const title = fill(words.title, { name: translate(of), n: samples.length });
  const said = `${title}: ${marks.map(({ text }) => text).join(", ")}`;
  return { samples, marks, title, said };
}

/**
 * Throughput and longest latency of each track that `<Throughputs of>` names,
 * and in words.
 *
 * @throws if the evidence has no such track
 */
export function throughputsIn({ of, evidence, language, translate }: Drawn) {
  const words = wordsOf(language).throughputs;
  const loads = of.split(";").map((track) => {
    const { perSecond, longest } = loadOf(evidence.spans, track.trim());
    const said = fill(words.row, {
      perSecond: perSecond.toFixed(),
      longest: longest.toFixed(),
    });
    return { name: translate(track.trim()), perSecond, longest, said };
  });
  const rows = loads.map(({ name, said }) => `${name}: ${said}`);
  return {
    loads,
    title: words.title,
    said: `${words.title}: ${rows.join("; ")}`,
  };
}

/**
 * The shortest order that goes wrong, of what `<Scheduler of>` names: what it
 * comes to, and its steps in words. Without steps, none goes wrong.
 *
 * @throws if the evidence has no such orders, with what to do
 */
export function shortestWrongIn(drawn: Drawn): {
  title: string;
  steps: string[];
} {
  const { of, slug, evidence, language, translate } = drawn;
  const { claim, orders } = scheduledIn(evidence, of, slug);
  const words = wordsOf(language).orders;
  if (!orders.witness) return { title: words.noneWrong, steps: [] };
  const tell = orderWords(language, claim.unit);
  const broken =
    orders.outcomes.find(({ holds }) => !holds) ?? orders.outcomes[0]!;
  return {
    title:
      broken.figure === null
        ? words.shortestStuck
        : fill(words.shortest, {
            figure: translate(claim.figure),
            end: tell.end(broken),
          }),
    steps: orders.witness.map((step) =>
      fill(words.told, {
        who: tell.who(step, orders),
        does: tell.does(step, orders, translate),
      }),
    ),
  };
}
