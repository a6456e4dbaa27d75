import { IN_STEP_FILE, noteFile } from "../book/files.ts";
import type { Declared, Pair } from "../book/in-step.ts";
import { changedSince } from "../book/in-step.ts";
import type { Json } from "../book/json.ts";
import { LANGUAGES, otherLanguage } from "../book/languages.ts";
import type { Finding } from "./finding.ts";

const NOTHING: Json<Declared> = { value: {}, lineOf: () => 1 };

/**
 * What is wrong between the two languages of the notes. That one of them is
 * newer is a warning: its change should not have to wait for a translation,
 * and the page in the other language tells its readers.
 *
 * @param today the hashes of the notes that are there in both languages
 */
export function checkInStep(
  today: ReadonlyMap<string, Pair>,
  { value: declared, lineOf }: Json<Declared> = NOTHING,
  unread: ReadonlySet<string> = new Set(),
): Finding[] {
  const findings = [...today].flatMap(([slug, pair]): Finding[] => {
    const mend = `npm run in-step ${slug}`;
    const [ko, en] = [noteFile("ko", slug), noteFile("en", slug)];
    const before = declared[slug];
    if (!before) {
      const message = `Nobody has said yet that this and ${en} say the same: when they do, ${mend}`;
      return [{ file: ko, line: 1, message }];
    }
    const [newer, both] = changedSince(before, pair);
    if (newer === undefined) return [];
    if (both) {
      const message = `This and ${en} both changed: when they say the same, ${mend}; if one says more, ${mend.replace("in-step", "in-step --")} --newer ko, or en.`;
      return [{ file: ko, line: 1, message }];
    }
    return [
      {
        file: noteFile(otherLanguage(newer), slug),
        line: 1,
        message: `${noteFile(newer, slug)} is newer, and readers are told so: say the same here, then ${mend}`,
        isWarning: true,
      },
    ];
  });
  const isUnread = (slug: string) =>
    LANGUAGES.some((language) => unread.has(noteFile(language, slug)));
  const gone = Object.keys(declared).filter(
    (slug) => !today.has(slug) && !isUnread(slug),
  );
  return [
    ...findings,
    ...gone.map((slug) => ({
      file: IN_STEP_FILE,
      line: lineOf([slug]),
      slug,
      message: `“${slug}” has no note in both languages: write it, or drop the entry.`,
    })),
  ];
}
