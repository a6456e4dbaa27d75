import type { MdastNode } from "satteri";
import type { Evidence } from "../book/evidence.ts";
import { filesOf } from "../book/files.ts";
import type { Language } from "../book/languages.ts";
import { asWikiLink, findNote, shownFor } from "../book/links.ts";
import type { Notes } from "../book/note.ts";
import type { Element, NodeOf } from "../book/note-tree.ts";
import {
  attribute,
  children,
  DRAWINGS,
  isElement,
  mdxTree,
  textOf,
  withDescendants,
} from "../book/note-tree.ts";
import { functionSource } from "../book/source.ts";
import { showBound, showFigure } from "../draw/figure.ts";
import { median } from "../measure/statistics.ts";
import { orderWords } from "./order-words.ts";
import { fill, wordsOf } from "./words.ts";

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
 * Drawings are left out: what they show stands in the output; and so are the
 * questions before claims, which are not covered here. Everything else,
 * and code above all, stays as it is written.
 */
export function plainMarkdown(source: PlainSource): string {
  const { body, title, definition } = source;
  const changes = withDescendants(mdxTree(body)).flatMap((node) =>
    changesFor(node, source),
  );
  const text = changed(body, changes).trim();
  return `# ${title}\n\n> ${definition}\n\n${text}\n`;
}

/** What stands in a text from `start` to `end`, and what is to stand there. */
interface Change {
  start: number;
  end: number;
  text: string;
}

function changed(text: string, changes: readonly Change[]): string {
  return changes
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (changed, { start, end, text }) =>
        changed.slice(0, start) + text + changed.slice(end),
      text,
    );
}

function changesFor(node: MdastNode, source: PlainSource): Change[] {
  if (node.type === "link") return link(node, source);
  if (isElement(node, "Claim")) return claim(node, source);
  const { start, end } = rangeOf(node);
  if (isElement(node, "Example")) {
    return [{ start, end, text: example(attribute(node, "show"), source) }];
  }
  if ([...DRAWINGS, "Predict"].some((name) => isElement(node, name))) {
    const [blank = ""] = /^\n*/.exec(source.body.slice(end)) ?? [];
    return [{ start, end: end + blank.length, text: "" }];
  }
  return [];
}

/** A wiki-link leads to the other note's Markdown. */
function link(
  node: NodeOf<"link">,
  { language, notes, body }: PlainSource,
): Change[] {
  const link = asWikiLink(node.url);
  const note = link && findNote(notes, language, link.target);
  if (!note) return [];
  const { start, end } = insideOf(node);
  const hash = link.fragment === undefined ? "" : `#${link.fragment}`;
  const words =
    shownFor(link, textOf(node), note, notes) ?? body.slice(start, end);
  const url = `${note.slug}.md${encodeURI(hash)}`;
  return [{ ...rangeOf(node), text: `[${words}](${url})` }];
}

/** The sentence stays, its tags go, and what was measured comes behind it. */
function claim(node: Element, source: PlainSource): Change[] {
  const { start, end } = rangeOf(node);
  const inside = insideOf(node);
  const measured = ` (✓ ${measuredFor(attribute(node, "id")!, source)})`;
  return [
    { start, end: inside.start, text: "" },
    { start: inside.end, end, text: measured },
  ];
}

function rangeOf(node: MdastNode): { start: number; end: number } {
  const { start, end } = node.position!;
  return { start: start.offset!, end: end.offset! };
}

/** From the first to the last of what stands in a node; its end if it is empty. */
function insideOf(node: MdastNode): { start: number; end: number } {
  const inside = children(node).map(rangeOf);
  const { end } = rangeOf(node);
  return { start: inside[0]?.start ?? end, end: inside.at(-1)?.end ?? end };
}

/** What a claim measured, its controls last. */
function measuredFor(
  id: string,
  { language, evidence, translate }: PlainSource,
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
    return told.join("; ");
  }
  const claim = evidence.claims[id]!;
  const show = (figure: number) => showFigure(figure, claim.unit, language);
  const controls = Object.entries(claim.controls).map(
    ([name, { figures }]) =>
      `${fill(words.control, { name: translate(name) })} ${show(median(figures))}`,
  );
  return [
    `${translate(claim.figure)}: ${show(median(claim.subject))}`,
    `${words.bound} ${showBound(claim.bound, claim.unit, language)}`,
    ...controls,
  ].join("; ");
}

/** The function that is shown, or the whole program with its output. */
function example(show: string | undefined, source: PlainSource): string {
  if (show !== undefined) {
    return block("ts", functionSource(source.example, show, source.title));
  }
  const words = wordsOf(source.language).example;
  return [
    block("sh", `npx tsx ${filesOf(source.slug).example}`),
    block("ts", source.example.trimEnd()),
    `${words.output}:`,
    block("text", source.evidence.output.join("\n")),
    fill(words.recorded, source.evidence.recorded),
  ].join("\n\n");
}

function block(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
