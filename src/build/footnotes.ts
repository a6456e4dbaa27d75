import type { Element, ElementContent, Nodes } from "hast";
import type { HastNode, HastVisitorContext } from "satteri";
import { defineHastPlugin } from "satteri";
import { noteAt } from "../book/files.ts";
import { FOOTNOTES_ID } from "../book/note.ts";
import { fill, wordsOf } from "./words.ts";

// How Sätteri marks the parts of footnotes.
const LIST = "dataFootnotes";
const REFERENCE = "dataFootnoteRef";
const RETURN = "dataFootnoteBackref";
/** What the id of a footnote in the list begins with: `fn-name`. */
const ITEM_ID = "fn-";

/**
 * Footnotes that can be read beside their sentence. Each reference becomes the
 * button of a popover that holds the footnote; on a wide screen the style sheet
 * shows it in the margin instead. The list at the foot stays as it is, with
 * its labels in the language of the note: Sätteri has one setting for all
 * files, and writes its heading and its return links in English.
 */
export const footnotes = defineHastPlugin({
  name: "footnotes",
  before(root, context) {
    context.data["footnotes"] = collect(root as Nodes);
  },
  element: [
    { filter: ["h2"], visit: translateTitle },
    { filter: ["section"], visit: dropListMark },
    { filter: ["a"], visit: translateReturn },
    { filter: ["sup"], visit: putInPlace },
  ],
});

type Footnotes = Map<string, ElementContent[]>;

/** Finds the footnotes of the list at the foot, by the id that links name. */
function collect(node: Nodes, found: Footnotes = new Map()): Footnotes {
  for (const child of "children" in node ? node.children : []) {
    if (isItem(child))
      found.set(String(child.properties["id"]), phrases(child));
    else collect(child, found);
  }
  return found;
}

function isItem(node: Nodes): node is Element {
  return (
    node.type === "element" &&
    node.tagName === "li" &&
    String(node.properties["id"]).includes(ITEM_ID)
  );
}

/** The words for footnotes in the language of the note; none in other files. */
function wordsFor({ fileURL }: HastVisitorContext) {
  const language = noteAt(fileURL)?.language;
  return language && wordsOf(language).footnotes;
}

function translateTitle(
  node: Readonly<Element>,
  context: HastVisitorContext,
): void {
  const words = wordsFor(context);
  if (!words || node.properties["id"] !== FOOTNOTES_ID) return;
  context.setProperty(node, "className", null);
  context.setProperty(node, "children", [text(words.title)]);
}

function dropListMark(
  node: Readonly<Element>,
  context: HastVisitorContext,
): void {
  if (wordsFor(context)) context.setProperty(node, LIST, null);
}

function translateReturn(
  node: Readonly<Element>,
  context: HastVisitorContext,
): void {
  const words = wordsFor(context);
  if (!words || !isReturn(node)) return;
  const reference = String(node.properties["href"]).match(/-(\d+)$/);
  const again = reference ? ` (${reference[1]})` : "";
  context.setProperty(node, "ariaLabel", `${words.back}${again}`);
  context.setProperty(node, "className", null);
  context.setProperty(node, RETURN, null);
  // The number is in the label: a mark after the arrow would differ.
  context.setProperty(node, "children", [text("↩")]);
}

function putInPlace(
  node: Readonly<Element>,
  context: HastVisitorContext,
): void {
  const words = wordsFor(context);
  const link = node.children.find(isReference);
  if (!words || !link) return;
  const footnotes = context.data["footnotes"] as Footnotes;
  context.replaceNode(node, inPlace(link, footnotes, words.one));
}

/** A footnote's text without its return links, fit for the inside of a paragraph. */
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
  return node?.type === "element" && node.properties[RETURN] !== undefined;
}

function isReference(node: ElementContent): node is Element {
  return node.type === "element" && node.properties[REFERENCE] !== undefined;
}

/**
 * The button for a reference, and the footnote beside it: once, since a second
 * reference to the same footnote opens the first one's.
 */
function inPlace(
  link: Element,
  footnotes: Footnotes,
  label: string,
): HastNode[] {
  const item = decodeURI(String(link.properties["href"]).slice(1));
  const number = (link.children[0] as { value: string }).value;
  const id = `aside-${number}`;
  const button = element("button", {
    className: ["ref"],
    id: link.properties["id"],
    popoverTarget: id,
    ariaLabel: fill(label, { n: number }),
  });
  button.children = [text(number)];
  const reference = element("sup", {});
  reference.children = [button];
  const content = footnotes.get(item);
  if (!content) return [reference];
  footnotes.delete(item);
  const beside = element("span", {
    className: ["aside", "footnote"],
    id,
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
