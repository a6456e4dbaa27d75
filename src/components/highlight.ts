import { codeToHtml } from "shiki";
import { tokenClasses, tokenTheme } from "../markdown/token-classes.ts";

/** TypeScript as HTML, its tokens coloured by classes: `<pre><code>…`. */
export function highlight(code: string): Promise<string> {
  return codeToHtml(code, {
    lang: "typescript",
    theme: tokenTheme,
    transformers: [tokenClasses],
  });
}
