import type { Language } from "../../book/languages.ts";
import { brokenLink } from "../../book/links.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { atEach, atKey } from "./at.ts";

/** Every wiki-link leads to a note, and to a heading of it. */
export function checkLinks(note: Note, { notes }: Book): Finding[] {
  return atEach(note, note.links, (link) =>
    brokenLink(notes, note.language, link),
  );
}

/** Wiki-links stay in the language and move with the base path; paths do not. */
export function checkAddresses(note: Note): Finding[] {
  const ids = note.headings.map(({ id }) => id);
  return atEach(note, note.addresses, ({ url }) => {
    if (/^(?:https?|mailto):/.test(url)) return undefined;
    const own = url.startsWith("#") ? decodeURIComponent(url.slice(1)) : "";
    if (own === "")
      return `“${url}” leads out of the language or the site's base path: write [[slug]] or [[slug#heading]] for a note, a whole address for another site.`;
    if (ids.includes(own)) return undefined;
    return `“${url}” names no heading of this note. ${nearest(own, ids)}`;
  });
}

/** No alias names two notes. */
export function checkAliases(language: Language, { notes }: Book): Finding[] {
  const owners = new Map<string, Note>();
  const findings: Finding[] = [];
  for (const note of notes[language].values()) owners.set(note.slug, note);
  for (const note of notes[language].values()) {
    for (const alias of note.aliases) {
      const owner = owners.get(alias);
      if (owner) {
        const message = `aliases: “${alias}” already names ${owner.file}: drop it from one of the two.`;
        findings.push(atKey(note, "aliases", message));
      }
      owners.set(alias, note);
    }
  }
  return findings;
}
