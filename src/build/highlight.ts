import { codeToHtml } from "shiki";
import type { ProgramLanguage } from "../book/programs.ts";
import { tokenTags, tokenTheme } from "./token-tags.ts";

const done = new Map<string, Promise<string>>();

/**
 * A program as HTML, its tokens coloured by elements: `<pre><code>…`. A source
 * stands on the pages of both languages, and again on those for print:
 * colouring is the dearest step of a build, and is done once.
 */
export function highlight(
  code: string,
  language: ProgramLanguage = "typescript",
): Promise<string> {
  const known = done.get(code);
  if (known) return known;
  const html = codeToHtml(code, {
    lang: language,
    theme: tokenTheme,
    transformers: [tokenTags],
  });
  done.set(code, html);
  return html;
}
