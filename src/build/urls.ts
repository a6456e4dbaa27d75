import type { Language } from "../book/languages.ts";

const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

/** The address of a page, with the base path: `urlOf("ko", "busy-wait")`. */
export function urlOf(language: Language, ...path: string[]): string {
  return [BASE, language, ...path, ""].join("/");
}

/** The address of a file that the site serves beside its pages. */
export function fileUrl(path: string): string {
  return `${BASE}/${path}`;
}
