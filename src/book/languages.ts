/** The site's languages, in the order in which the home page shows them. */
export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The other of the two languages. */
export function otherLanguage(language: Language): Language {
  return language === "ko" ? "en" : "ko";
}
