import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineHastPlugin } from "satteri";
import { LANGUAGES } from "../languages.ts";
import type { Language } from "../languages.ts";
import { wordsOf } from "../words.ts";

/**
 * Footnote labels in the language of the note: Sätteri has one setting for
 * all files, and writes its heading and its return links in English.
 */
export const footnoteLabels = defineHastPlugin({
  name: "footnote-labels",
  element: {
    filter: ["h2", "a", "section"],
    visit(node, context) {
      const path = context.fileURL && fileURLToPath(context.fileURL);
      const language = path && (basename(dirname(path)) as Language);
      if (!language || !LANGUAGES.includes(language)) return;
      const words = wordsOf(language).footnotes;
      const { id, dataFootnoteBackref, dataFootnoteRef } = node.properties;
      if (node.tagName === "h2" && id === "footnote-label") {
        context.setProperty(node, "className", null);
        context.setProperty(node, "children", [
          { type: "text", value: words.title },
        ]);
      } else if (dataFootnoteBackref !== undefined) {
        const reference = String(node.properties["href"]).match(/-(\d+)$/);
        const again = reference ? ` (${reference[1]})` : "";
        context.setProperty(node, "ariaLabel", `${words.back}${again}`);
        // The number is in the label: a mark after the arrow would differ.
        context.setProperty(node, "children", [{ type: "text", value: "↩" }]);
      } else if (dataFootnoteRef !== undefined) {
        context.setProperty(
          node,
          "ariaLabel",
          `${words.title} ${context.textContent(node)}`,
        );
      }
    },
  },
});
