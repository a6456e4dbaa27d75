import { noteFile } from "../../book/files.ts";
import type { Language } from "../../book/languages.ts";
import { brokenLink, findNote, namesOf } from "../../book/links.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atEach, atKey } from "./at.ts";

/** Every wiki-link leads to a note, and to a heading of it. */
export function checkLinks(note: Note, { notes, unread }: Book): Finding[] {
  const { language } = note;
  // The name may be an alias of one that cannot be read.
  const isSure = ![...unread].some((file) =>
    file.startsWith(noteFile(language, "").replace(/\.mdx$/, "")),
  );
  return atEach(note, note.links, (link) =>
    isSure || findNote(notes, language, link.target)
      ? brokenLink(notes, language, link)
      : undefined,
  );
}

/** Every wiki-link is closed. */
export function checkOpenLinks(note: Note): Finding[] {
  return [...new Set(note.openLinks)].map((line) =>
    at(
      note,
      line,
      "[[ or ]] stands here alone: write [[slug]] for a link, and `[[` for the brackets themselves.",
    ),
  );
}

/** Wiki-links stay in the language and move with the base path; paths do not. */
export function checkAddresses(note: Note): Finding[] {
  const ids = note.headings.map(({ id }) => id);
  return atEach(note, note.addresses, ({ url }) => {
    if (/^(?:https?|mailto):/.test(url)) return undefined;
    const own = url.startsWith("#") ? decoded(url.slice(1)) : "";
    if (own === "")
      return `“${url}” leads out of the language or the site's base path: write [[slug]] or [[slug#heading]] for a note, a whole address for another site.`;
    if (ids.includes(own)) return undefined;
    return `“${url}” names no heading of this note. ${nearest(own, ids)}`;
  });
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** No title and no alias names two notes. */
export function checkNames(language: Language, { notes }: Book): Finding[] {
  const all = [...notes[language].values()];
  const owners = new Map(all.map((note) => [note.slug, note]));
  return all.flatMap((note) =>
    namesOf(note).flatMap((name) => {
      const owner = owners.get(name.toLowerCase());
      owners.set(name.toLowerCase(), owner ?? note);
      if (!owner || owner === note) return [];
      const key = name === note.title ? "title" : "aliases";
      const message = `${key}: “${name}” already names ${owner.file}: drop it from one of the two.`;
      return [atKey(note, key, message)];
    }),
  );
}
