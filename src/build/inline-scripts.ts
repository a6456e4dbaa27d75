import { createHash } from "node:crypto";

/**
 * Sets the reader's theme before anything is painted: a script that comes
 * later would flash. Storage may be forbidden, hence the `try`.
 */
export const THEME_SCRIPT =
  "try{document.documentElement.dataset.theme=localStorage.theme||''}catch{}";

/** Leads from `/` to the language that the reader chose last. */
export const languageScript = (home: Record<string, string>): string =>
  `try{let h=${JSON.stringify(home)}[localStorage.language];h&&location.replace(h)}catch{}`;

/**
 * Asks the browser to fetch a page of the site while a pointer rests on the
 * link to it, or presses it. What does not know such rules skips them:
 * https://developer.mozilla.org/en-US/docs/Web/API/Speculation_Rules_API
 */
export const prefetchRules = (home: string): string =>
  JSON.stringify({
    prefetch: [{ where: { href_matches: `${home}*` }, eagerness: "moderate" }],
  });

/** The hash by which the page's policy allows an inline script. */
export function hashOf(script: string): `sha256-${string}` {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}
