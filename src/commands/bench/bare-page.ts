import { parseHTML } from "linkedom";

/** What is not text of the note, or is not seen before it is asked for. */
const DROPPED = "script, style, svg, nav, button, dialog, template";
/** Wrappers that a bare page does without. */
const UNWRAPPED = "div, section, span, figure, aside";
const KEPT_ATTRIBUTES = new Set(["id", "href", "colspan", "rowspan"]);
const STYLE =
  "body{max-width:42rem;margin:auto;padding:1rem;font:16px/1.7 system-ui,sans-serif}pre{overflow:auto;font:14px/1.5 ui-monospace,monospace}pre b{color:#a3358f;font-weight:400}pre i{color:#666a60}pre u{color:#1a7346;text-decoration:none}";

/**
 * The least page that says the same as a note's: its title, its text and its
 * coloured code, without navigation, drawings, scripts and all but a line of
 * style. What a page takes longer than this one is the price of its design.
 *
 * @param html a built page of a note
 */
export function barePage(html: string): string {
  const { document } = parseHTML(html);
  const main = document.querySelector("main")!;
  main.querySelectorAll(DROPPED).forEach((element) => element.remove());
  for (const element of main.querySelectorAll(UNWRAPPED)) {
    element.replaceWith(...element.childNodes);
  }
  for (const element of main.querySelectorAll("*")) {
    for (const { name } of Array.from(element.attributes)) {
      if (!KEPT_ATTRIBUTES.has(name)) element.removeAttribute(name);
    }
  }
  const { lang } = document.documentElement;
  const title = document.querySelector("title")!.outerHTML;
  return `<!DOCTYPE html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${title}<style>${STYLE}</style><main>${main.innerHTML}</main>`;
}
