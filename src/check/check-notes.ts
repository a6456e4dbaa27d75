import { LANGUAGES } from "../book/languages.ts";
import type { Book } from "./book.ts";
import type { Finding } from "./finding.ts";
import { checkStatedClaims } from "./notes/claims.ts";
import { checkShownExamples } from "./notes/examples.ts";
import { checkComments } from "./notes/comments.ts";
import { checkFootnotes } from "./notes/footnotes.ts";
import { checkFrontmatter } from "./notes/front-matter.ts";
import {
  checkAddresses,
  checkLinks,
  checkNames,
  checkOpenLinks,
} from "./notes/links.ts";
import { checkNeeds, checkParts, checkPlace } from "./notes/order.ts";
import { checkPredictions } from "./notes/predictions.ts";
import {
  checkCodeLanguages,
  checkHeadingIds,
  checkHeadings,
  checkImages,
  checkLastHeading,
  checkLength,
} from "./notes/text.ts";
import { checkTimes } from "./notes/times.ts";
import { checkTwin } from "./notes/twins.ts";
import { checkWords } from "./notes/words.ts";

/** Everything that is wrong with the notes, in one go. */
export function checkNotes(book: Book): Finding[] {
  const all = LANGUAGES.flatMap((language) => [
    ...book.notes[language].values(),
  ]);
  return [
    ...all.flatMap((note) => [
      ...checkFrontmatter(note),
      ...checkPlace(note, book),
      ...checkTwin(note, book),
      ...checkNeeds(note, book),
      ...checkLinks(note, book),
      ...checkOpenLinks(note),
      ...checkAddresses(note),
      ...checkImages(note),
      ...checkCodeLanguages(note),
      ...checkTimes(note, book),
      ...checkStatedClaims(note, book),
      ...checkPredictions(note, book),
      ...checkShownExamples(note, book),
      ...checkFootnotes(note),
      ...checkHeadings(note),
      ...checkHeadingIds(note),
      ...checkLastHeading(note),
      ...checkLength(note),
      ...checkWords(note, book),
      ...checkComments(note, book),
    ]),
    ...LANGUAGES.flatMap((language) => checkNames(language, book)),
    ...checkParts(book),
  ];
}
