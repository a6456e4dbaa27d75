import type { MdastNode } from "satteri";
import { defineMdastPlugin } from "satteri";
import { noteAt } from "../book/files.ts";
import { attribute, DRAWINGS, isElement } from "../book/note-tree.ts";

/** What is drawn from the evidence of the note's own slug. */
const DRAWN: ReadonlySet<string> = new Set(["Example", ...DRAWINGS]);

/**
 * Gives each drawing of a note the language and the slug of its file name. The evidence of a
 * paragraph's claims goes into a `<Proof>` each, beside the paragraph, since a
 * box cannot stand inside of one.
 */
export const componentsOfNote = defineMdastPlugin({
  name: "components-of-note",
  paragraph(node, context) {
    const owner = ownerOf(context.fileURL);
    const claims = (node.children as MdastNode[]).flatMap((child) =>
      isElement(child, "Claim") ? (attribute(child, "id") ?? "") : [],
    );
    if (!owner || claims.length === 0) return;
    context.replaceNode(node, claimed(claims, owner, node));
  },
  mdxJsxFlowElement(node, context) {
    const owner = ownerOf(context.fileURL);
    if (!owner) return;
    if (node.name && DRAWN.has(node.name)) {
      context.replaceNode(node, {
        type: "mdxJsxFlowElement",
        name: node.name,
        attributes: [...node.attributes, ...owner],
        children: [],
      } as MdastNode);
    } else if (node.name === "Claim") {
      // Alone on its line MDX takes it for a block: make it a paragraph.
      const sentence = {
        type: "mdxJsxTextElement",
        name: "Claim",
        attributes: [...node.attributes],
        children: [...node.children],
      };
      const paragraph = { type: "paragraph", children: [sentence] };
      const id = attribute(node, "id") ?? "";
      context.replaceNode(node, claimed([id], owner, paragraph as MdastNode));
    }
  },
});

type Attribute = { type: "mdxJsxAttribute"; name: string; value: string };

function ownerOf(file: URL | undefined): Attribute[] | undefined {
  const note = noteAt(file);
  if (!note) return undefined;
  return [
    jsxAttribute("language", note.language),
    jsxAttribute("slug", note.slug),
  ];
}

function claimed(
  ids: string[],
  owner: Attribute[],
  paragraph: MdastNode,
): MdastNode {
  const proofs = ids.map((id) => ({
    type: "mdxJsxFlowElement",
    name: "Proof",
    attributes: [jsxAttribute("id", id), ...owner],
    children: [],
  }));
  return {
    type: "mdxJsxFlowElement",
    name: "div",
    attributes: [jsxAttribute("class", "claimed")],
    children: [...proofs, paragraph],
  } as MdastNode;
}

function jsxAttribute(name: string, value: string): Attribute {
  return { type: "mdxJsxAttribute", name, value };
}
