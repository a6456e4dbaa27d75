import type { Section } from "../../book/note.ts";
import type { SearchNote } from "./search-note.ts";
import type { Excerpt } from "./excerpt.ts";
import { FOOTNOTES_ID } from "../../book/note.ts";
import { distance } from "../../book/nearest.ts";
import { mark, shorten } from "./excerpt.ts";
import type { Query } from "./query.ts";
import {
  patternsOf,
  readingsOf,
  readQuery,
  simplify,
  wordsIn,
} from "./query.ts";
import * as worth from "./worth.ts";

/** A place in a note that a query leads to. */
export interface Found {
  note: SearchNote;
  /** Left out where the note's name or definition is what was found. */
  section?: Section;
  /** The claim's id, where a claim is what was found. */
  claim?: string;
  /** The text around what was found, and what of it is to be marked. */
  excerpt: Excerpt;
}

/** Places of one note: more would push the next notes out of sight. */
const PLACES = 3;
/** Of fewer letters, one that is wrong makes another word. */
const LEAST_TO_MEND = 4;
const LONG = 8;
/** The share of a query's words that a note has to have, if any note has it. */
const LEAST_COVERED = 1 / 3;

/**
 * Finds a query's words in the notes.
 *
 * A word counts by where it stands (name, heading, definition, claim, text)
 * and by how few notes have it; Korean words are found inside compounds, with
 * and without particles, and whatever the spaces. A word that no note has is
 * taken for a slip. What this finds is tested with the queries of
 * `tests/unit/search-queries*.json`.
 *
 * @returns places, those of the best note first
 */
export function find(text: string, notes: SearchNote[]): Found[] {
  return findWords(meantBy(text, notes), notes);
}

/** What a reader was told to have meant; nothing where nothing was mended. */
export function didYouMean(
  text: string,
  notes: SearchNote[],
): string | undefined {
  const meant = meantBy(text, notes).join(" ");
  if (meant === wordsIn(text).join(" ")) return undefined;
  return meant.normalize("NFC");
}

const meantBy = (text: string, notes: SearchNote[]) =>
  wordsIn(text).map((word) => mended(word, notes));

/**
 * A word that no note has, as the nearest word of a name: one letter may be
 * wrong, two from eight letters on. A Hangul syllable counts as its letters.
 */
function mended(word: string, notes: SearchNote[]): string {
  const readings = readingsOf(word);
  const isKnown = notes.some(
    (note) => rateWord(prepare(note), readings).total > 0,
  );
  if (isKnown || word.length < LEAST_TO_MEND) return word;
  const most = word.length < LONG ? 1 : 2;
  const near = notes
    .flatMap((note) => prepare(note).names)
    .flatMap((name) => name.split(" "))
    .map((name) => ({ name, far: distance(name, word) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far);
  return near[0]?.name ?? word;
}

function findWords(words: string[], notes: SearchNote[]): Found[] {
  const query = readQuery(words);
  if (query.words.length === 0) return [];
  const rated = notes.map((note) => rate(note, query));
  const patterns = patternsOf(query);
  return rank(rated, query).flatMap((ranked) => placesIn(ranked, patterns));
}

/** What a note says about one word. */
interface Rating {
  /** Of its names and its definition. */
  head: number;
  /** Of each section. */
  sections: number[];
  total: number;
}

interface Rated {
  note: SearchNote;
  words: Rating[];
  joined: Rating | undefined;
  /** The share of the query's words that the note has. */
  covered: number;
}

function rate(note: SearchNote, query: Query): Rated {
  const texts = prepare(note);
  const words = query.words.map((word) => rateWord(texts, word));
  const joined = query.joined && rateWord(texts, query.joined);
  const found = words.filter(({ total }) => total > 0).length;
  const covered = joined?.total ? 1 : found / words.length;
  return { note, words, joined, covered };
}

function rateWord(texts: Prepared, word: Query["words"][number]): Rating {
  const best = (rate: (pattern: RegExp) => number) =>
    Math.max(...word.map(({ pattern, share }) => share * rate(pattern)));
  const name = Math.max(
    ...texts.names.map((name) => best((pattern) => rateName(name, pattern))),
  );
  const head =
    name +
    best((pattern) => count(texts.definition, pattern) && worth.inDefinition);
  const sections = texts.sections.map(({ title, claims, text }) =>
    best(
      (pattern) =>
        (count(title, pattern) && worth.inHeading) +
        (title.match(pattern)?.[0] === title ? worth.isHeading : 0) +
        (count(claims, pattern) && worth.inClaim) +
        worth.inSection * often(count(text, pattern)),
    ),
  );
  const all = best((pattern) =>
    often(sum(texts.sections.map(({ text }) => count(text, pattern)))),
  );
  const total = head + Math.max(0, ...sections) + worth.inNote * all;
  return { head, sections, total };
}

function rateName(name: string, pattern: RegExp): number {
  const [found] = name.match(pattern) ?? [];
  if (!found) return 0;
  if (found === name) return worth.isName;
  return name.startsWith(found) ? worth.beginsName : worth.inName;
}

const count = (text: string, pattern: RegExp) =>
  text.match(pattern)?.length ?? 0;

/** Often is better than once, but never much better. */
const often = (times: number) => times / (times + 3);

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

/** What a note says about the whole query. */
interface Ranked {
  note: SearchNote;
  score: number;
  head: number;
  sections: { section: Section; score: number }[];
}

/** The notes that have enough of the query's words, the best first. */
function rank(rated: Rated[], query: Query): Ranked[] {
  const rarities = raritiesOf(rated, query);
  const best = Math.max(...rated.map(({ covered }) => covered));
  // The words in one piece stand behind the words.
  rarities.push(worth.joined * sum(rarities));
  const ranked = rated
    .filter(({ covered }) => covered >= Math.min(LEAST_COVERED, best))
    .map(({ note, words, joined, covered }) => {
      const all = joined ? [...words, joined] : words;
      const total = (rate: (rating: Rating, rarity: number) => number) =>
        sum(all.map((rating, index) => rate(rating, rarities[index]!)));
      const score = total(
        ({ head, total }, rarity) =>
          head * Math.max(1, rarity) + (total - head) * rarity,
      );
      return {
        note,
        score: covered * score,
        head: total(({ head }) => head),
        sections: note.sections.map((section, index) => ({
          section,
          score: total(({ sections }, rarity) => sections[index]! * rarity),
        })),
      };
    });
  return bestFirst(ranked);
}

/** A word that few notes have tells more; one that none has, next to nothing. */
function raritiesOf(rated: Rated[], query: Query): number[] {
  return query.words.map((_, index) => {
    const having = rated.filter(({ words }) => words[index]!.total > 0).length;
    return 0.1 + (having && Math.log((rated.length + 1) / having));
  });
}

function bestFirst<Item extends { score: number }>(items: Item[]): Item[] {
  return items
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** The note itself, if its head has the query, and its best sections. */
function placesIn(
  { note, head, sections }: Ranked,
  patterns: RegExp[],
): Found[] {
  const places = bestFirst(sections.map(beside(head > 0)))
    .slice(0, head > 0 ? PLACES - 1 : PLACES)
    .map(({ section }) => placeIn(note, section, patterns));
  if (head > 0 || places.length === 0) {
    places.unshift({ note, excerpt: mark(note.definition, patterns) });
  }
  return places;
}

/** Footnotes come last; what is above the headings says what the head says. */
const beside =
  (hasHead: boolean) =>
  ({ section, score }: Ranked["sections"][number]) => {
    if (section.id === FOOTNOTES_ID) return { section, score: score / 2 };
    return { section, score: hasHead && section.id === "" ? 0 : score };
  };

/** The place in a section: a claim if one has a word, else the first match. */
function placeIn(
  note: SearchNote,
  section: Section,
  patterns: RegExp[],
): Found {
  for (const piece of section.text) {
    if (typeof piece === "string") continue;
    const [claim, sentence] = piece;
    if (patterns.some((pattern) => simplify(sentence).match(pattern))) {
      return { note, section, claim, excerpt: mark(sentence, patterns) };
    }
  }
  const excerpt = mark(plain(section.text), patterns);
  return { note, section, excerpt: shorten(excerpt) };
}

/** A note's texts, simplified once for all queries. */
interface Prepared {
  names: string[];
  definition: string;
  sections: { title: string; claims: string; text: string }[];
}

const prepared = new WeakMap<SearchNote, Prepared>();

function prepare(note: SearchNote): Prepared {
  const known = prepared.get(note);
  if (known) return known;
  const made: Prepared = {
    names: [note.title, ...note.names, note.slug].map(simplify),
    definition: simplify(note.definition),
    sections: note.sections.map(({ title, text }) => ({
      title: simplify(title),
      claims: simplify(
        text
          .map((piece) => (typeof piece === "string" ? "" : piece[1]))
          .join(" "),
      ),
      text: simplify(plain(text)),
    })),
  };
  prepared.set(note, made);
  return made;
}

function plain(text: Section["text"]): string {
  return text
    .map((piece) => (typeof piece === "string" ? piece : piece[1]))
    .join("");
}
