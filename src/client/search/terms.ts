import type { SearchNote } from "./search-note.ts";

/**
 * The index of a book whose text is too long to be loaded whole. It only says
 * which notes to load, so it may be coarse: what is in them is found by
 * `find.ts`. It is cut into shards, of which a query loads those of its terms.
 *
 * Per term: the numbers of the notes that have it in a name, and of those that
 * have it in their text, the most frequent first.
 */
export type Shard = Record<string, [named: number[], having: number[]]>;

/** What a name says weighs as much as so many texts. */
const NAME_WORTH = 20;
/** Notes that a query loads: a browser asks for six files of a host at once. */
const MOST_NOTES = 6;
/** Of the notes that have a term in their text, those that are listed. */
const MOST_HAVING = 100;
/** Of other words: letters that are there early, and that tell them apart. */
const PREFIXES = [3, 6];

/**
 * The terms of a text: of a Korean word its first syllable and each pair of
 * syllables that follow each other, of any other word its beginnings. A particle
 * or a slip in spacing adds a term or takes one, and leaves the noun's others.
 */
export function termsOf(text: string): string[] {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .match(/\p{sc=Hangul}+|(?:(?!\p{sc=Hangul})[\p{L}\p{N}])+/gu);
  return (words ?? []).flatMap((word) => {
    if (!/^\p{sc=Hangul}/u.test(word))
      return PREFIXES.map((length) => word.slice(0, length));
    const syllables = [...word];
    const pairs = syllables.slice(1).map((end, at) => syllables[at]! + end);
    return [syllables[0]!, ...pairs];
  });
}

/** The shard in which a term stands: FNV-1a, for an even spread of Hangul. */
export function shardOf(term: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (const letter of term) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % shards;
}

/** The terms of all notes, in so many shards. */
export function shardsOf(notes: SearchNote[], shards: number): Shard[] {
  const made = Array.from({ length: shards }, (): Shard => ({}));
  const entry = (term: string) =>
    (made[shardOf(term, shards)]![term] ??= [[], []]);
  const counts = new Map<string, Map<number, number>>();
  for (const [
    number,
    { slug, title, names, definition, sections },
  ] of notes.entries()) {
    const named = [title, ...names, slug].flatMap(termsOf);
    for (const term of new Set(named)) entry(term)[0].push(number);
    const texts = sections.flatMap(({ title, text }) => [
      title,
      text
        .map((piece) => (typeof piece === "string" ? piece : piece[1]))
        .join(""),
    ]);
    for (const term of [definition, ...texts].flatMap(termsOf)) {
      const count = counts.get(term) ?? new Map<number, number>();
      counts.set(term, count.set(number, (count.get(number) ?? 0) + 1));
    }
  }
  for (const [term, count] of counts) {
    const often = [...count].sort(([, a], [, b]) => b - a);
    entry(term)[1] = often.slice(0, MOST_HAVING).map(([number]) => number);
  }
  return made;
}

/** The notes that have most of a query's terms, the likeliest first. */
export function likeliest(terms: string[], shards: Shard[]): number[] {
  const worth = new Map<number, number>();
  for (const term of new Set(terms)) {
    const found = shards.map((shard) => shard[term]).find(Boolean);
    if (!found) continue;
    for (const [list, most] of [
      [found[0], NAME_WORTH],
      [found[1], 1],
    ] as const) {
      for (const [place, number] of list.entries()) {
        // A term that few have tells more; the one that has it most comes first.
        const more = most / Math.log2(2 + list.length) + 0.5 / (place + 1);
        worth.set(number, (worth.get(number) ?? 0) + more);
      }
    }
  }
  return [...worth]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_NOTES)
    .map(([number]) => number);
}
