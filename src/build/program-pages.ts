import type { Program } from "../book/programs.ts";
import { programsOf } from "../book/programs.ts";

/**
 * The path of the page with all that a program measured, inside its language:
 * of a note's second program it is a page of its own, by the language in which
 * it is written.
 */
export function pageOf({ slug, language, id }: Program): [string, string] {
  const [main] = programsOf(slug);
  return [slug, main?.id === id ? "evidence" : language];
}

/** Where the listing of a program is: in the note, or on a page of its own. */
export function listingOf(program: Program): string[] {
  const [slug, page] = pageOf(program);
  return page === "evidence" ? [slug] : [slug, page];
}
