import { codeToHtml } from "shiki";
import { tokenClasses, tokenTheme } from "./token-classes.ts";

const done = new Map<string, Promise<string>>();

/**
 * TypeScript as HTML, its tokens coloured by classes: `<pre><code>…`. A source
 * stands on the pages of both languages, and again on those for print:
 * colouring is the dearest step of a build, and is done once.
 */
export function highlight(code: string): Promise<string> {
  const known = done.get(code);
  if (known) return known;
  const html = codeToHtml(code, {
    lang: "typescript",
    theme: tokenTheme,
    transformers: [tokenClasses],
  });
  done.set(code, html);
  return html;
}
