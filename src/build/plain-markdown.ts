import type { MdastNode } from "satteri";
import type { Evidence } from "../book/evidence.ts";
import { proves } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import type { Program } from "../book/programs.ts";
import { commandOf, PROGRAM_NAMES } from "../book/programs.ts";
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
import { functionNames, functionSource } from "../book/source.ts";
import { showBound, showFigure } from "../draw/figure.ts";
import { median } from "../measure/statistics.ts";
import { latenciesIn, shortestWrongIn, throughputsIn } from "./drawings.ts";
import { orderWords } from "./order-words.ts";
import { withPackages } from "./with-packages.ts";
import { fill, wordsOf } from "./words.ts";

/** A program as it is told in plain text. */
interface PlainProgram {
  program: Program;
  source: string;
  evidence: Evidence;
}

/** What a note's components and links stand for. */
export interface PlainSource {
  language: Language;
  slug: string;
  /** The note's MDX without its front matter. */
  body: string;
  title: string;
  /** Its programs, the main one first. */
  programs: readonly PlainProgram[];
  /** Translates what example and test say in English. */
  translate: (english: string) => string;
  notes: Notes;
}

/**
 * A note as Markdown that needs nothing of this site: what was measured for a
 * claim in a footnote, the programs with their output, links between the Markdown
 * versions.
 * A drawing is told in words. Questions before claims are left out: nothing is
 * covered here. Everything else, and code above all, stays as it is written.
 */
export function plainMarkdown(source: PlainSource): string {
  const { body, title } = source;
  const nodes = withDescendants(mdxTree(body));
  const changes = nodes.flatMap((node) => changesFor(node, source));
  const isWhole = (node: MdastNode) =>
    isElement(node, "Example") && attribute(node, "show") === undefined;
  const parts = [
    `# ${title}`,
    changed(body, changes).trim(),
    ...(nodes.some(isWhole) ? listings(source) : []),
    ...nodes
      .filter((node) => isElement(node, "Claim"))
      .map((node) => proof(attribute(node, "id")!, source)),
  ];
  return `${parts.join("\n\n")}\n`;
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
  if (isElement(node, "Claim")) return claim(node);
  const { start, end } = rangeOf(node);
  if (isElement(node, "Example")) {
    return [{ start, end, text: example(attribute(node, "show"), source) }];
  }
  for (const drawing of DRAWINGS) {
    if (!isElement(node, drawing)) continue;
    const of = attribute(node, "of")!;
    return [{ start, end, text: inWords(drawing, of, source) }];
  }
  if (isElement(node, "Predict")) {
    const [blank = ""] = /^\n*/.exec(source.body.slice(end)) ?? [];
    return [{ start, end: end + blank.length, text: "" }];
  }
  return [];
}

/** What a drawing shows, in a paragraph or a list. */
function inWords(
  drawing: (typeof DRAWINGS)[number],
  of: string,
  { programs, slug, language, translate }: PlainSource,
): string {
  const { evidence } = programs.find(
    ({ program }) => program.language === "typescript",
  )!;
  const drawn = { of, slug, language, evidence, translate };
  if (drawing === "Latencies") return latenciesIn(drawn).said;
  if (drawing === "Throughputs") return throughputsIn(drawn).said;
  const { title, steps } = shortestWrongIn(drawn);
  const list = steps.map((step, n) => `${n + 1}. ${step}`).join("\n");
  return list ? `${title}:\n\n${list}` : title;
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

/** The sentence stays, its tags go, and a footnote says what was measured. */
function claim(node: Element): Change[] {
  const { start, end } = rangeOf(node);
  const inside = insideOf(node);
  return [
    { start, end: inside.start, text: "" },
    {
      start: inside.end,
      end,
      text: ` ✓[^${proofLabel(attribute(node, "id")!)}]`,
    },
  ];
}

function proof(id: string, source: PlainSource): string {
  const { label } = wordsOf(source.language).proof;
  return `[^${proofLabel(id)}]: ${label}: ${measuredFor(id, source)}`;
}

/** No footnote of a note has a label with a colon. */
const proofLabel = (id: string) => `claim:${id}`;

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

/** What a claim measured, as each program that proves it did. */
function measuredFor(id: string, source: PlainSource): string {
  return source.programs
    .filter(({ evidence }) => proves(evidence, id))
    .map((one) => {
      const { language } = one.program;
      const isMain = one === source.programs[0];
      const name = isMain ? "" : `${PROGRAM_NAMES[language]}: `;
      return name + measuredBy(id, one.evidence, source);
    })
    .join("; ");
}

/** What a program measured for a claim, its controls last. */
function measuredBy(
  id: string,
  evidence: Evidence,
  { language, translate }: PlainSource,
): string {
  const words = wordsOf(language).proof;
  const orders = evidence.inEveryOrder[id];
  if (orders) {
    const { all, fails } = orderWords(language, orders.unit);
    const told = [
      `${translate(orders.figure)}, ${all(orders.subject)}: ${showBound(orders.bound, orders.unit, language)}`,
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

const FENCES = { typescript: "ts", python: "python" };

/** The function that is shown, or how the programs are run, and their output. */
function example(
  show: string | undefined,
  { programs, language }: PlainSource,
): string {
  if (show !== undefined) {
    const { program, source } =
      programs.find(({ program, source }) =>
        functionNames(source, program.example).includes(show),
      ) ?? programs[0]!;
    const text = functionSource(source, show, program.example);
    return block(FENCES[program.language], text);
  }
  const words = wordsOf(language).example;
  return programs
    .flatMap(({ program, source, evidence }) => [
      block("sh", commandOf(program, source)),
      `${words.output}:`,
      block("text", evidence.output.join("\n")),
      fill(words.recorded, withPackages(evidence.recorded)),
    ])
    .join("\n\n");
}

/** The whole programs, behind the text: few read them in passing. */
function listings({ programs, language }: PlainSource): string[] {
  const { listing } = wordsOf(language).example;
  return programs.map(({ program, source }) => {
    const code = block(FENCES[program.language], source.trimEnd());
    return `## ${fill(listing, { file: program.example })}\n\n${code}`;
  });
}

function block(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
