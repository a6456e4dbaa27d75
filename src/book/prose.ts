import type { MdastNode } from "satteri";
import type { NoteHeading, Piece, Section } from "./note.ts";
import { FOOTNOTES_ID } from "./note.ts";
import { attribute, children, isElement, lineOf, textOf } from "./note-tree.ts";

const BLOCKS = new Set(["paragraph", "heading", "listItem", "tableCell"]);

/**
 * A note's text without code and markup, with a line for each block. Questions
 * before claims are left out: the claims say the same.
 */
export function proseOf(node: MdastNode): string {
  if (isElement(node, "Predict")) return "";
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  const text = children(node).map(proseOf).join("");
  return BLOCKS.has(node.type) ? `${text}\n` : text;
}

/**
 * Cuts a note's text at its headings, without code, markup and questions, and
 * marks the claims in it. Footnotes are the last section; its title is left to the page.
 */
export function sectionsOf(
  root: MdastNode,
  headings: readonly NoteHeading[],
): Section[] {
  const sections: Section[] = [{ id: "", title: "", text: [] }];
  const footnotes: Section = { id: FOOTNOTES_ID, title: "", text: [] };
  for (const node of children(root)) {
    if (node.type === "heading") {
      const { id, text: title } = headingAt(lineOf(node), headings);
      sections.push({ id, title, text: [] });
    } else if (node.type === "footnoteDefinition") {
      addPieces(node, footnotes.text);
    } else {
      addPieces(node, sections.at(-1)!.text);
    }
  }
  return [...sections, footnotes].filter(({ text }) => text.length > 0);
}

function headingAt(
  line: number,
  headings: readonly NoteHeading[],
): NoteHeading {
  return headings.find((heading) => heading.line === line)!;
}

function addPieces(node: MdastNode, pieces: Piece[]): void {
  if (isElement(node, "Predict")) return;
  if (isElement(node, "Claim")) {
    pieces.push([attribute(node, "id") ?? "", textOf(node)]);
  } else if (node.type === "text" || node.type === "inlineCode") {
    addText(node.value, pieces);
  } else if (node.type === "break") {
    addText(" ", pieces);
  } else {
    for (const child of children(node)) addPieces(child, pieces);
    if (BLOCKS.has(node.type)) addText(" ", pieces);
  }
}

/** Adds to the text before it, and never two spaces in a row. */
function addText(text: string, pieces: Piece[]): void {
  const words = text.replace(/\s+/g, " ");
  const before = pieces.at(-1);
  if (typeof before === "string") {
    pieces[pieces.length - 1] = (before + words).replace(/ {2,}/g, " ");
  } else if (before || words.trim()) {
    pieces.push(words);
  }
}
