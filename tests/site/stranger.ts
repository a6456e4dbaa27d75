/** Code of a stranger in a worker of the page, which tries what the policy refuses. */
import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";

/** What comes of it where the worker has the page's policy. */
export const REFUSED = "eval: EvalError, fetch: TypeError";

/** An expression of the stranger's: what came of each thing that it tried. */
const TRIED = `await (async () => {
  const tried = [];
  try { eval("1"); tried.push("eval: ran"); }
  catch (error) { tried.push("eval: " + error.name); }
  try { await fetch("https://elsewhere.example/"); tried.push("fetch: went"); }
  catch (error) { tried.push("fetch: " + error.name); }
  return tried.join(", ");
})()`;

/**
 * Puts a stranger's module in the place of a file of the site.
 *
 * @param moduleWith gives the module that tells, in its own way, what the
 *   expression comes to
 * @returns what fails if another host was asked
 */
export async function letStrangerIn(
  context: BrowserContext,
  file: string,
  moduleWith: (tried: string) => string,
): Promise<() => void> {
  const asked: string[] = [];
  await context.route(/elsewhere\.example/, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ headers: { "access-control-allow-origin": "*" } });
  });
  await context.route(file, (route) =>
    route.fulfill({ contentType: "text/javascript", body: moduleWith(TRIED) }),
  );
  return () => expect(asked).toEqual([]);
}
