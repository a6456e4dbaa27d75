import { defineHastPlugin } from "satteri";
import { codeToHast } from "shiki";
import { tokenTags, tokenTheme } from "./token-tags.ts";

/**
 * Colours the code blocks of a note. Astro's own highlighter is switched off:
 * it writes inline styles, and warns of them even where a transformer has
 * turned them into classes.
 */
export const codeBlocks = defineHastPlugin({
  name: "code-blocks",
  element: {
    filter: ["pre"],
    async visit(node, context) {
      const [code] = node.children;
      if (code?.type !== "element" || code.tagName !== "code") return;
      const names = code.properties["className"];
      const language = (Array.isArray(names) ? names : [])
        .map(String)
        .find((name) => name.startsWith("language-"));
      const root = await codeToHast(context.textContent(code).trimEnd(), {
        lang: language?.slice("language-".length) ?? "text",
        theme: tokenTheme,
        transformers: [tokenTags],
      });
      context.replaceNode(node, root.children[0] as typeof node);
    },
  },
});
