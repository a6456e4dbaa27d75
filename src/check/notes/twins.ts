import { asStrings } from "../../book/front-matter.ts";
import { otherLanguage } from "../../book/languages.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at } from "./at.ts";
import { hasUnknownClaim } from "./claims.ts";

/** Both languages have the same headings, claims, footnotes and examples. */
export function checkTwin(note: Note, { notes, claims }: Book): Finding[] {
  const other = otherLanguage(note.language);
  const twin = notes[other].get(note.slug);
  // Said once for the pair, at the Korean note.
  if (!twin || note.language !== "ko") return [];
  const compare = (what: string, of: (note: Note) => string[]) => {
    const [ours, theirs] = [of(note), of(twin)];
    if (ours.join("\n") === theirs.join("\n")) return [];
    const message = `${what} differ from those of ${twin.file}: here ${list(ours)}; there ${list(theirs)}. Make them the same, in the same order.`;
    return [at(note, 1, message)];
  };
  return [
    ...compare("The levels of the headings", ({ headings }) =>
      headings.map(({ depth }) => "#".repeat(depth)),
    ),
    // A wrong id is said where it stands.
    ...([note, twin].some((one) => hasUnknownClaim(one, claims))
      ? []
      : compare("The claims", ({ claims }) => claims.map(({ id }) => `${id}`))),
    ...compare("The questions", ({ predictions }) =>
      predictions.map(({ of, others }) => [of, ...others].join(" ")),
    ),
    ...compare("The footnotes", ({ references }) =>
      references.map(({ id }) => id),
    ),
    ...compare("The examples", ({ examples }) =>
      examples.map(({ show }) => show ?? "the whole file"),
    ),
    ...compare("The drawings", ({ drawings }) => drawings),
    ...checkCode(note, twin),
    ...compare("The notes in `needs`", ({ frontmatter }) =>
      asStrings(frontmatter["needs"]),
    ),
  ];
}

function list(items: readonly string[]): string {
  return items.join(", ") || "none";
}

/** Comments are in the language of the note; the rest of the code is code. */
function checkCode(note: Note, twin: Note): Finding[] {
  const bare = (text: string | undefined) =>
    text?.replace(/ *(?:#|\/\/).*$/gm, "");
  const most = Math.max(note.code.length, twin.code.length);
  for (let index = 0; index < most; index++) {
    const [ours, theirs] = [note.code[index], twin.code[index]];
    if (bare(ours?.text) === bare(theirs?.text)) continue;
    const there = theirs ? `line ${theirs.line}` : "nothing";
    const message = `Block of code ${index + 1} differs from that of ${twin.file} (${there} there): make them the same but for comments.`;
    return [at(note, ours?.line ?? 1, message)];
  }
  return [];
}
