import Slugger from "github-slugger";
import type { MdastNode } from "satteri";
import { othersIn } from "./answers.ts";
import { FileError } from "./file-error.ts";
import { asStrings, partFrontmatter } from "./front-matter.ts";
import { asWikiLink } from "./links.ts";
import type {
  Note,
  NoteAddress,
  NoteClaim,
  NoteCode,
  NoteExample,
  NoteFootnote,
  NoteHeading,
  NotePrediction,
  WikiLink,
} from "./note.ts";
import {
  attribute,
  children,
  DRAWINGS,
  isElement,
  lineAt,
  lineOf,
  mdxTree,
  textOf,
  withDescendants,
} from "./note-tree.ts";
import { notText } from "./not-text.ts";
import { proseOf, sectionsOf } from "./prose.ts";
import { timesIn } from "./times.ts";

/**
 * Reads what a note's file says.
 *
 * @throws FileError if its YAML or its MDX does not parse
 */
export function parseNote(
  source: string,
  { language, slug, file }: Pick<Note, "language" | "slug" | "file">,
): Note {
  const { frontmatter, keyLines, content } = partFrontmatter(source, file);
  const root = parseTree(content, file);
  const nodes = withDescendants(root);
  const headings = headingsIn(nodes);
  const { title } = frontmatter;
  return {
    language,
    slug,
    file,
    frontmatter,
    keyLines,
    title: typeof title === "string" ? title : slug,
    aliases: asStrings(frontmatter["aliases"]),
    notText: notText(root),
    headings,
    sections: sectionsOf(root, headings),
    links: nodes.flatMap(wikiLink),
    openLinks: nodes.flatMap(openLink),
    claims: nodes.flatMap(claim),
    predictions: nodes.flatMap(predictionsAmong),
    examples: nodes.flatMap(example),
    references: nodes.flatMap(references),
    footnotes: nodes.flatMap(footnote),
    addresses: nodes.flatMap(address),
    wordlessImages: nodes.filter(isWordlessImage).map(lineOf),
    drawings: nodes.flatMap(drawing),
    code: nodes.flatMap(code),
    times: timesIn(root),
    prose: proseOf(root),
  };
}

function parseTree(source: string, file: string): MdastNode {
  try {
    return mdxTree(source);
  } catch (error) {
    const [, line = "1", said = (error as Error).message] =
      /^(\d+):\d+: ([^]*)$/.exec((error as Error).message) ?? [];
    throw new FileError(file, Number(line), `This is no MDX: ${said}`);
  }
}

// What each node adds to a list of the note: one entry, or none.

function headingsIn(nodes: readonly MdastNode[]): NoteHeading[] {
  const slugger = new Slugger();
  return nodes.flatMap((node) => {
    if (node.type !== "heading") return [];
    const text = textOf(node);
    const id = slugger.slug(text);
    return [{ line: lineOf(node), text, depth: node.depth, id }];
  });
}

function wikiLink(node: MdastNode): WikiLink[] {
  const link = node.type === "link" && asWikiLink(node.url);
  return link ? [{ ...link, line: lineOf(node) }] : [];
}

function openLink(node: MdastNode): number[] {
  if (node.type !== "text") return [];
  const left = node.value.matchAll(/\[\[|\]\]/g);
  return Array.from(left, ({ index }) => lineAt(node, index));
}

function claim(node: MdastNode): NoteClaim[] {
  if (!isElement(node, "Claim")) return [];
  const id = attribute(node, "id");
  return [{ line: lineOf(node), id, text: textOf(node) }];
}

/** The questions that stand directly in a node, each with what is below it. */
function predictionsAmong(node: MdastNode): NotePrediction[] {
  const blocks = children(node);
  return blocks.flatMap((block, index) => {
    if (!isElement(block, "Predict")) return [];
    const below = blocks.slice(index + 1, index + 2).flatMap(withDescendants);
    return {
      line: lineOf(block),
      text: textOf(block),
      of: attribute(block, "of"),
      others: othersIn(attribute(block, "others")),
      below: below.flatMap(claim).map(({ id }) => id),
    };
  });
}

function example(node: MdastNode): NoteExample[] {
  if (!isElement(node, "Example")) return [];
  return [{ line: lineOf(node), show: attribute(node, "show") }];
}

function references(node: MdastNode): NoteFootnote[] {
  if (node.type === "footnoteReference") {
    return [{ line: lineOf(node), id: node.label ?? node.identifier }];
  }
  if (node.type !== "text") return [];
  // A reference without its footnote stays text.
  const left = node.value.matchAll(/\[\^([^\]\s]+)\]/g);
  return Array.from(left, ({ 1: id, index }) => ({
    line: lineAt(node, index),
    id: id!,
  }));
}

function footnote(node: MdastNode): NoteFootnote[] {
  if (node.type !== "footnoteDefinition") return [];
  return [{ line: lineOf(node), id: node.label ?? node.identifier }];
}

function address(node: MdastNode): NoteAddress[] {
  const isAddress =
    node.type === "image" ||
    node.type === "definition" ||
    (node.type === "link" && !asWikiLink(node.url));
  return isAddress ? [{ line: lineOf(node), url: node.url }] : [];
}

function isWordlessImage(node: MdastNode): boolean {
  return node.type === "image" && !node.alt;
}

function drawing(node: MdastNode): string[] {
  if (node.type === "image") return [node.url];
  return DRAWINGS.flatMap((name) =>
    isElement(node, name) ? [`${name} ${attribute(node, "of")}`] : [],
  );
}

function code(node: MdastNode): NoteCode[] {
  if (node.type !== "code") return [];
  const language = node.lang ?? undefined;
  return [{ line: lineOf(node), language, text: node.value }];
}
