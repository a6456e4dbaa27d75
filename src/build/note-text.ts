import Slugger from "github-slugger";
import type { MdastNode } from "satteri";
import { mdxToMdast } from "satteri";
import { attribute, FEATURES, isElement } from "../book/note.ts";

/** Text between claims, or a claim: its id and its sentence. */
export type Piece = string | [id: string, sentence: string];

/** What stands under one heading of a note. */
export interface SearchSection {
  /** The heading's id; empty for the text above the first heading. */
  id: string;
  title: string;
  text: Piece[];
}

/** A note as the search gets it. */
export interface SearchNote {
  slug: string;
  title: string;
  /** What else it is called, in either language. */
  names: string[];
  definition: string;
  sections: SearchSection[];
}

/** What of a note's front matter the search needs. */
interface Names {
  title: string;
  term?: string | undefined;
  definition: string;
  aliases: string[];
}

/**
 * Puts together what the search gets of a note.
 *
 * @param body the MDX without its front matter
 * @param names its front matter
 * @param other the front matter of its twin in the other language, so that
 *   both languages' names find it
 * @param footnotes the heading over the footnotes
 */
export function searchNote(
  slug: string,
  body: string,
  names: Names,
  other: Names,
  footnotes: string,
): SearchNote {
  const { title, term, definition, aliases } = names;
  const all = [term ?? "", ...aliases, other.title, ...other.aliases];
  return {
    ...{ slug, title, definition },
    names: [...new Set(all)].filter((name) => name && name !== title),
    sections: sectionsOf(body, footnotes),
  };
}

/** Where footnotes stand: the id that Sätteri gives to their heading. */
const FOOTNOTES = "footnote-label";

/**
 * Cuts a note's text at its headings, without markup and code, and marks the
 * claims in it. Footnotes are the last section.
 *
 * @param body the MDX without its front matter
 * @param footnotes the heading over the footnotes
 */
export function sectionsOf(body: string, footnotes: string): SearchSection[] {
  const slugger = new Slugger();
  const sections: SearchSection[] = [{ id: "", title: "", text: [] }];
  const last: SearchSection = { id: FOOTNOTES, title: footnotes, text: [] };
  for (const node of children(mdxToMdast(body, { features: FEATURES }))) {
    if (node.type === "heading") {
      const title = textOf(node);
      sections.push({ id: slugger.slug(title), title, text: [] });
    } else {
      const { text } =
        node.type === "footnoteDefinition" ? last : sections.at(-1)!;
      addPieces(node, text);
    }
  }
  return [...sections, last].filter(({ text }) => text.length > 0);
}

function addPieces(node: MdastNode, pieces: Piece[]): void {
  if (isElement(node, "Claim")) {
    pieces.push([attribute(node, "id") ?? "", textOf(node)]);
  } else if (node.type === "text" || node.type === "inlineCode") {
    add(node.value, pieces);
  } else if (node.type === "break") {
    add(" ", pieces);
  } else {
    for (const child of children(node)) addPieces(child, pieces);
    if (BLOCKS.has(node.type)) add(" ", pieces);
  }
}

const BLOCKS = new Set(["paragraph", "listItem", "tableCell"]);

/** Adds to the text before it, and never two spaces in a row. */
function add(text: string, pieces: Piece[]): void {
  const words = text.replace(/\s+/g, " ");
  const before = pieces.at(-1);
  if (typeof before === "string") {
    pieces[pieces.length - 1] = (before + words).replace(/ {2,}/g, " ");
  } else if (before || words.trim()) {
    pieces.push(words);
  }
}

function children(node: MdastNode): MdastNode[] {
  return "children" in node ? (node.children as MdastNode[]) : [];
}

function textOf(node: MdastNode): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  return children(node).map(textOf).join("");
}
