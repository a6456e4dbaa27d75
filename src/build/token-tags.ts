import type { Element, ElementContent } from "hast";
import type { ShikiTransformer, ThemeRegistration } from "shiki";
import { createCssVariablesTheme } from "shiki";

/** A theme of CSS variables, by which `tokenTags` knows what a token is. */
export const tokenTheme: ThemeRegistration = createCssVariablesTheme({
  name: "tokens",
  variablePrefix: "--t-",
});

/**
 * An element for each kind of token that the style sheet colours: without a
 * class it weighs 50 to 130 bytes a page less, gzip. Names and numbers stay as
 * they are: they would cost 200 to 350.
 */
const TAGS: Record<string, string> = {
  "token-keyword": "b",
  "token-comment": "i",
  "token-string": "u",
  "token-string-expression": "u",
};

/**
 * Colours by element, since the site's policy refuses `style="…"`: keeps the
 * text of every token, and an element only around words that have a colour.
 */
export const tokenTags: ShikiTransformer = {
  name: "token-tags",
  pre(node) {
    node.properties = { tabindex: "0" };
  },
  code(node) {
    node.children = joined(
      node.children.flatMap((line) =>
        line.type === "element" ? line.children.map(tagged) : line,
      ),
    );
  },
};

function tagged(token: ElementContent): ElementContent {
  if (token.type !== "element") return token;
  const style = String(token.properties["style"] ?? "");
  const tagName = TAGS[style.match(/--t-([\w-]+)/)?.[1] ?? ""];
  const text = token.children[0];
  // Operators are keywords to Shiki: 150 bytes a page, gzip, for no colour
  // that helps to read.
  const isWord = text?.type !== "text" || /[\p{L}\d]/u.test(text.value);
  if (!tagName || (tagName === "b" && !isWord)) return text ?? token;
  return { type: "element", tagName, properties: {}, children: token.children };
}

/** Tokens of one kind with nothing or only space between them become one. */
function joined(tokens: readonly ElementContent[]): ElementContent[] {
  const all: ElementContent[] = [];
  for (const token of tokens) {
    const space = isSpace(all.at(-1)) ? all.slice(-1) : [];
    const before = all.at(-1 - space.length);
    if (isElement(token) && isElement(before) && isSame(token, before)) {
      before.children.push(...space, ...token.children);
      all.length -= space.length;
    } else {
      all.push(token);
    }
  }
  return all;
}

function isElement(node: ElementContent | undefined): node is Element {
  return node?.type === "element";
}

function isSame(one: Element, other: Element): boolean {
  return one.tagName === other.tagName;
}

function isSpace(node: ElementContent | undefined): boolean {
  return node?.type === "text" && node.value.trim() === "";
}
