import type { Element, ElementContent, Nodes } from "hast";
import type { HastNode } from "satteri";
import { defineHastPlugin } from "satteri";
import { noteAt } from "../book/files.ts";
import { fill, wordsOf } from "./words.ts";

/**
 * Footnotes that can be read beside their sentence. Each reference becomes the
 * button of a popover that holds the note; on a wide screen the style sheet
 * shows it in the margin instead. The list at the foot stays as it is, with
 * its labels in the language of the note: Sätteri has one setting for all
 * files, and writes its heading and its return links in English.
 */
export const footnotes = defineHastPlugin({
  name: "footnotes",
  before(root, context) {
    const notes = new Map<string, ElementContent[]>();
    collect(root as Nodes, notes);
    context.data["footnotes"] = notes;
  },
  element: {
    filter: ["section", "h2", "a", "sup"],
    visit(node, context) {
      const language = noteAt(context.fileURL)?.language;
      if (!language) return;
      const words = wordsOf(language).footnotes;
      const { id, dataFootnoteBackref } = node.properties;
      if (node.tagName === "h2" && id === "footnote-label") {
        context.setProperty(node, "className", null);
        context.setProperty(node, "children", [text(words.title)]);
      } else if (node.tagName === "section") {
        context.setProperty(node, "dataFootnotes", null);
      } else if (dataFootnoteBackref !== undefined) {
        const reference = String(node.properties["href"]).match(/-(\d+)$/);
        const again = reference ? ` (${reference[1]})` : "";
        context.setProperty(node, "ariaLabel", `${words.back}${again}`);
        context.setProperty(node, "className", null);
        context.setProperty(node, "dataFootnoteBackref", null);
        // The number is in the label: a mark after the arrow would differ.
        context.setProperty(node, "children", [text("↩")]);
      } else if (node.tagName === "sup") {
        const link = node.children.find(isReference);
        const notes = context.data["footnotes"] as Map<
          string,
          ElementContent[]
        >;
        if (link) context.replaceNode(node, inPlace(link, notes, words.one));
      }
    },
  },
});

/** Finds the notes of the list at the foot, by the id that links name. */
function collect(node: Nodes, notes: Map<string, ElementContent[]>): void {
  if (!("children" in node)) return;
  for (const child of node.children) {
    const id = child.type === "element" && child.properties["id"];
    if (
      child.type === "element" &&
      child.tagName === "li" &&
      String(id).includes("fn-")
    ) {
      notes.set(String(id), phrases(child));
    } else collect(child as Nodes, notes);
  }
}

/** A note's text without its return links, fit for the inside of a paragraph. */
function phrases(item: Element): ElementContent[] {
  return item.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (child.tagName !== "p") return [child];
    return child.children.filter(
      (part, index) =>
        // The space before a way back goes with it.
        !isReturn(part) &&
        !(isSpace(part) && isReturn(child.children[index + 1])),
    );
  });
}

function isSpace(node: ElementContent): boolean {
  return node.type === "text" && node.value.trim() === "";
}

function isReturn(node: ElementContent | undefined): boolean {
  return (
    node?.type === "element" &&
    node.properties["dataFootnoteBackref"] !== undefined
  );
}

function isReference(node: ElementContent): node is Element {
  return (
    node.type === "element" && node.properties["dataFootnoteRef"] !== undefined
  );
}

/**
 * The button for a reference, and the note beside it: once, since a second
 * reference to the same note opens the first one's.
 */
function inPlace(
  link: Element,
  notes: Map<string, ElementContent[]>,
  label: string,
): HastNode[] {
  const foot = decodeURI(String(link.properties["href"]).slice(1));
  const note = `note-${foot.replace(/^.*?fn-/, "")}`;
  const number = (link.children[0] as { value: string }).value;
  const button = element("button", {
    className: ["ref"],
    id: link.properties["id"],
    popoverTarget: note,
    interestfor: note,
    ariaLabel: fill(label, { n: number }),
  });
  button.children = [text(number)];
  const reference = element("sup", {});
  reference.children = [button];
  const content = notes.get(foot);
  if (!content) return [reference];
  notes.delete(foot);
  const beside = element("span", {
    className: ["aside", "note"],
    id: note,
    popover: "auto",
  });
  beside.children = [element("b", {}, number), text(" "), ...content];
  return [reference, beside];
}

function text(value: string): { type: "text"; value: string } {
  return { type: "text", value };
}

function element(
  tagName: string,
  properties: Element["properties"],
  ...words: string[]
): Element {
  return { type: "element", tagName, properties, children: words.map(text) };
}
