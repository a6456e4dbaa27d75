import type { MdastNode } from "satteri";
import { DRAWINGS, lineOf, withDescendants } from "./note-tree.ts";
import type { Element } from "./note-tree.ts";

/** What a note may not have, with its line. */
export interface NotText {
  line: number;
  fault: string;
}

/** The components of a note, each with its attributes. */
const COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  Claim: ["id"],
  Example: ["show"],
  Predict: ["of", "others"],
  ...Object.fromEntries(DRAWINGS.map((name) => [name, ["of"]])),
};
const NAMES = Object.keys(COMPONENTS);
const OFFERED = NAMES.map((name) => `<${name}>`).join(", ");

/**
 * All that is neither Markdown nor one of the components. A note is text: what
 * a stranger writes in it must not run when somebody builds the site.
 */
export function notText(root: MdastNode): NotText[] {
  return withDescendants(root).flatMap((node) =>
    faultsOf(node).map((fault) => ({ line: lineOf(node), fault })),
  );
}

function faultsOf(node: MdastNode): string[] {
  switch (node.type) {
    case "mdxjsEsm":
      return [
        `import and export are code, and a note is text: drop the line. ${OFFERED} are there without it.`,
      ];
    case "mdxFlowExpression":
    case "mdxTextExpression":
      return [
        "{…} is code, and a note is text: write `{…}` for code, and \\{ for a brace.",
      ];
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      return faultsOfElement(node);
    case "delete":
      // A claim that it crosses would lose its proof.
      return [
        "“~” and “~” strike out what is between them: write – for a range, and \\~ for a tilde.",
      ];
    case "html":
      return ["This is HTML: write Markdown."];
    case "link":
    case "image":
    case "definition":
      return faultOfAddress(node.url, node.type === "image");
    default:
      return [];
  }
}

function faultsOfElement({ name, attributes }: Element): string[] {
  const known = name !== null && Object.hasOwn(COMPONENTS, name);
  if (!known) {
    return [
      `<${name ?? ""}> is no component of a note, which has Markdown, ${OFFERED} (written so), and no HTML.`,
    ];
  }
  const allowed = COMPONENTS[name]!;
  const faults = attributes.map((attribute, index) => {
    if (attribute.type !== "mdxJsxAttribute") {
      return `{…} in <${name}> is code, and a note is text: write ${allowed[0]}="…".`;
    }
    const { name: key, value } = attribute;
    if (!allowed.includes(key)) {
      return `<${name}> has no “${key}”: it takes ${allowed[0]}="…".`;
    }
    if (typeof value !== "string") {
      return `“${key}” of <${name}> is a text in quotes: ${key}="…".`;
    }
    const first = attributes.findIndex(
      (other) => other.type === "mdxJsxAttribute" && other.name === key,
    );
    return first === index
      ? undefined
      : `“${key}” of <${name}> stands twice: drop one.`;
  });
  return faults.filter((fault) => fault !== undefined);
}

/** Astro would import a picture of ours from anywhere on the disk. */
function faultOfAddress(url: string, isImage: boolean): string[] {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && !["http", "https", "mailto"].includes(scheme)) {
    return [`“${url}” is no address of a page: write https://….`];
  }
  if (!isImage || scheme === "https") return [];
  return [`“${url}” is no picture of a note: give a whole address, https://….`];
}
