import { gzipSync } from "node:zlib";
import type { Language } from "../book/languages.ts";
import { otherLanguage } from "../book/languages.ts";
import { SLUGS } from "../book/parts.ts";
import { readNotes } from "../book/read-notes.ts";
import { wordsOf } from "./words.ts";
import type { SearchNote } from "../client/search/search-note.ts";
import { searchNote } from "../client/search/search-note.ts";
import { shardsOf } from "../client/search/terms.ts";

/** With the code, 40 KB: so much text is loaded whole, gzip -9. */
const MOST_WHOLE_BYTES = 35 * 1024;
/** Of text that one shard is made for: a shard is then about 1 to 2 KB. */
const TEXT_A_SHARD = 4 * 1024;

/** So much of headings and claims is loaded ahead, gzip -9. */
const MOST_AHEAD_BYTES = 20 * 1024;

interface SearchFiles {
  /** All notes; where they are cut, without the text that is no claim. */
  notes: SearchNote[];
  /** Where they are cut: how many shards there are, and the files by name: `0`, `terms-0`. */
  shards?: number;
  parts: Record<string, unknown>;
}

const made = new Map<Language, SearchFiles>();

/**
 * What the search of a language loads. Up to some 18 notes that is their text,
 * at once. A longer book is cut: a query loads the shards of its terms, at
 * about 2 KB each, and then the six likeliest notes. Up to some 40 notes the
 * names, headings and claims of all come first, so that there is something to
 * show meanwhile.
 */
export function searchFiles(language: Language): SearchFiles {
  let files = made.get(language);
  // A note may change while the site is being written.
  if (!files || import.meta.env.DEV) files = make(language);
  made.set(language, files);
  return files;
}

function make(language: Language): SearchFiles {
  const { footnotes } = wordsOf(language);
  const { [language]: ours, [otherLanguage(language)]: theirs } = readNotes();
  const notes = SLUGS.flatMap((slug) => {
    const [note, twin] = [ours.get(slug), theirs.get(slug)];
    return note && twin ? searchNote(note, twin, footnotes.title) : [];
  });
  const bytes = gzipSync(JSON.stringify(notes), { level: 9 }).length;
  if (bytes <= MOST_WHOLE_BYTES) return { notes, parts: {} };
  const shards = Math.ceil(bytes / TEXT_A_SHARD);
  const terms = shardsOf(notes, shards);
  const ahead = notes.map(withoutText);
  const aheadBytes = gzipSync(JSON.stringify(ahead), { level: 9 }).length;
  return {
    notes: aheadBytes <= MOST_AHEAD_BYTES ? ahead : [],
    shards,
    parts: Object.fromEntries([
      ...notes.map((note, number) => [String(number), note]),
      ...terms.map((shard, number) => [`terms-${number}`, shard]),
    ]),
  };
}

function withoutText(note: SearchNote): SearchNote {
  const sections = note.sections.map((section) => ({
    ...section,
    text: section.text.filter((piece) => Array.isArray(piece)),
  }));
  return { ...note, sections };
}
