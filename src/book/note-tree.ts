import type { MdastNode } from "satteri";
import { mdxToMdast } from "satteri";

/** What Sätteri reads in a note, here and in the build of the pages. */
export const FEATURES = {
  wikilinks: true,
  gfm: { footnotes: { clobberPrefix: "" } },
  smartPunctuation: false,
} as const;

/** Components that draw a span or tracks of the recorded run, named by `of`. */
export const DRAWINGS = ["Latencies", "Scheduler", "Throughputs"] as const;

/**
 * Parses a note's text, with or without its front matter.
 *
 * @throws with line and column in front of the message: "12:5: Unexpected …"
 */
export function mdxTree(source: string): MdastNode {
  return mdxToMdast(source, { features: FEATURES });
}

export type NodeOf<Type extends MdastNode["type"]> = Extract<
  MdastNode,
  { type: Type }
>;

/** A component, as a block or within a line. */
export type Element = NodeOf<"mdxJsxFlowElement" | "mdxJsxTextElement">;

/** Whether the node is a component of that name. */
export function isElement(node: MdastNode, name: string): node is Element {
  return (
    (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") &&
    node.name === name
  );
}

/** The value of a component's attribute that is written as a string. */
export function attribute(node: Element, name: string): string | undefined {
  for (const found of node.attributes) {
    if (found.type === "mdxJsxAttribute" && found.name === name) {
      return typeof found.value === "string" ? found.value : undefined;
    }
  }
  return undefined;
}

/** What stands directly in a node; nothing in a leaf. */
export function children(node: MdastNode): MdastNode[] {
  return "children" in node ? (node.children as MdastNode[]) : [];
}

/** A node and all that stands in it, in the order of the text. */
export function withDescendants(node: MdastNode): MdastNode[] {
  return [node, ...children(node).flatMap(withDescendants)];
}

/** The text of a node without markup. */
export function textOf(node: MdastNode): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  return children(node).map(textOf).join("");
}

/** The line of the file on which a node begins, from 1. */
export function lineOf(node: MdastNode): number {
  return node.position?.start.line ?? 1;
}

/** The line of the file on which the text at an index of a text node stands. */
export function lineAt(node: NodeOf<"text">, index: number): number {
  return lineOf(node) + node.value.slice(0, index).split("\n").length - 1;
}
