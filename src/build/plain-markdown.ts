import { functionSource } from "../book/source.ts";
import type { Evidence } from "../book/evidence.ts";
import { showBound, showFigure } from "../draw/figure.ts";
import { filesOf } from "../book/files.ts";
import { median } from "../measure/statistics.ts";
import type { Language } from "../book/languages.ts";
import { orderWords } from "./order-words.ts";
import { fill, wordsOf } from "./words.ts";
import type { Notes } from "../book/note.ts";
import { findNote, withinSentence } from "../book/links.ts";

/** What a note's components and links stand for. */
export interface PlainSource {
  language: Language;
  slug: string;
  /** The note's MDX without its front matter. */
  body: string;
  title: string;
  definition: string;
  evidence: Evidence;
  /** The example's source. */
  example: string;
  /** Translates what example and test say in English. */
  translate: (english: string) => string;
  notes: Notes;
}

/**
 * A note as Markdown that needs nothing of this site: claims with what was
 * measured, the program with its output, links between the Markdown versions.
 * Drawings are left out: what they show stands in the output.
 */
export function plainMarkdown(source: PlainSource): string {
  const { language, body, title, definition, notes } = source;
  const text = body
    .replace(/<Claim id="([^"]+)">([^]*?)<\/Claim>/g, (_, id: string, said) =>
      claimLine(source, id, String(said)),
    )
    .replace(/<Example show="([^"]+)" \/>/g, (_, show: string) =>
      block("ts", functionSource(source.example, show, title)),
    )
    .replace(/<Example \/>/g, () => example(source))
    .replace(/<(?:Latencies|Throughputs)[^>]*\/>\n+/g, "")
    .replace(
      /\[\[([^\]|#]+)(?:#([^\]|]+))?(?:\|([^\]]+))?\]\]/g,
      (written, target: string, fragment?: string, words?: string) => {
        const note = findNote(notes, language, target);
        // In code, where a note shows how a link is written.
        if (!note) return String(written);
        const hash = fragment === undefined ? "" : `#${encodeURI(fragment)}`;
        return `[${words ?? withinSentence(note.title)}](${note.slug}.md${hash})`;
      },
    );
  return `# ${title}\n\n> ${definition}\n\n${text.trim()}\n`;
}

/** The sentence, and in brackets what its claim measured. */
function claimLine(
  { language, evidence, translate }: PlainSource,
  id: string,
  said: string,
): string {
  const words = wordsOf(language).proof;
  const orders = evidence.inEveryOrder[id];
  if (orders) {
    const { all, fails } = orderWords(language, orders.unit);
    const told = [
      `${translate(orders.figure)}: ${showBound(orders.bound, orders.unit, language)} ${all(orders.subject)}`,
      ...Object.entries(orders.controls).map(
        ([name, control]) =>
          `${fill(words.control, { name: translate(name) })} ${fails(control)}`,
      ),
    ];
    return `${said} (✓ ${told.join("; ")})`;
  }
  const claim = evidence.claims[id]!;
  const show = (figure: number) => showFigure(figure, claim.unit, language);
  const controls = Object.entries(claim.controls).map(
    ([name, { figures }]) =>
      `${fill(words.control, { name: translate(name) })} ${show(median(figures))}`,
  );
  const measured = [
    `${translate(claim.figure)}: ${show(median(claim.subject))}`,
    `${words.bound} ${showBound(claim.bound, claim.unit, language)}`,
    ...controls,
  ];
  return `${said} (✓ ${measured.join("; ")})`;
}

function example({ language, slug, evidence, example }: PlainSource): string {
  const words = wordsOf(language).example;
  const file = filesOf(slug).example;
  return [
    block("sh", `npx tsx ${file}`),
    block("ts", example.trimEnd()),
    `${words.output}:`,
    block("text", evidence.output.join("\n")),
    fill(words.recorded, evidence.recorded),
  ].join("\n\n");
}

function block(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
