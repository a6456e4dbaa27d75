import en from "../content/ui/en.json" with { type: "json" };
import ko from "../content/ui/ko.json" with { type: "json" };
import type { Language } from "../book/languages.ts";

/** The words of the frame and of the components: `content/ui/*.json`. */
export type Words = typeof en;

const WORDS: Record<Language, Words> = { ko, en };

/** The words in one language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}

/** Puts values into the places of a phrase: `"{n} runs"` with `{ n: 20 }`. */
export function fill(
  phrase: string,
  values: Record<string, string | number>,
): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );
}
