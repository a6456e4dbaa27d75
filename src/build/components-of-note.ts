import type { MdastNode } from "satteri";
import { defineMdastPlugin } from "satteri";
import { noteAt } from "../book/files.ts";
import { attribute, DRAWINGS, isElement } from "../book/note-tree.ts";

/** What is drawn from the evidence of the note's own slug. */
const DRAWN: ReadonlySet<string> = new Set(["Example", "Predict", ...DRAWINGS]);

/**
 * Gives each drawing of a note, and each question before a claim, the language
 * and the slug of its file name, and puts a claim's evidence behind it.
 */
export const componentsOfNote = defineMdastPlugin({
  name: "components-of-note",
  paragraph(node, context) {
    const owner = ownerOf(context.fileURL);
    const children = node.children as MdastNode[];
    const isNew = !children.some((child) => isElement(child, "Proof"));
    if (
      !owner ||
      !isNew ||
      !children.some((child) => isElement(child, "Claim"))
    )
      return;
    context.replaceNode(node, paragraph(children, owner));
  },
  mdxJsxFlowElement(node, context) {
    const owner = ownerOf(context.fileURL);
    if (!owner) return;
    if (node.name && DRAWN.has(node.name)) {
      context.replaceNode(node, {
        type: "mdxJsxFlowElement",
        name: node.name,
        attributes: [...node.attributes, ...owner],
        // A question keeps its words.
        children: [...node.children],
      } as MdastNode);
    } else if (node.name === "Claim") {
      // Alone on its line MDX takes it for a block: make it a paragraph.
      const sentence = {
        type: "mdxJsxTextElement",
        name: "Claim",
        attributes: [...node.attributes],
        children: [...node.children],
      } as MdastNode;
      context.replaceNode(node, paragraph([sentence], owner));
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

/** A paragraph with a `<Proof>` behind each of its claims. */
function paragraph(children: MdastNode[], owner: Attribute[]): MdastNode {
  const withProofs = children.flatMap((child) =>
    isElement(child, "Claim")
      ? [child, proof(attribute(child, "id") ?? "", owner)]
      : child,
  );
  return { type: "paragraph", children: withProofs } as MdastNode;
}

function proof(id: string, owner: Attribute[]): MdastNode {
  return {
    type: "mdxJsxTextElement",
    name: "Proof",
    attributes: [jsxAttribute("id", id), ...owner],
    children: [],
  } as MdastNode;
}

function jsxAttribute(name: string, value: string): Attribute {
  return { type: "mdxJsxAttribute", name, value };
}
