import type { Section } from "../../book/note.ts";
import type { SearchNote } from "../../build/search-note.ts";

/** A place in a note that a query leads to. */
export interface Found {
  note: SearchNote;
  /** Left out where the note's name or definition is what was found. */
  section?: Section;
  /** The claim's id, where a claim is what was found. */
  claim?: string;
  /** The text around what was found, and what of it is to be marked. */
  excerpt: { text: string; found: boolean }[];
}

/** Places of one note: more would push the next notes out of sight. */
const PLACES = 3;
/** The share of a query's words that a note has to have. */
const LEAST_COVERED = 1 / 3;
const EXCERPT_BEFORE = 40;
const EXCERPT_LENGTH = 130;

/**
 * Korean particles, and endings that turn a noun into a verb or close a
 * question about it, as a reader may leave them on a noun. The longest first.
 */
const PARTICLES = new RegExp(
  `(?:${"이라는 이란 이라고 에서는 에서도 에서의 에게서 으로는 으로도 으로써 인가요 이에요 이에 에서 에게 으로 까지 부터 보다 처럼 마다 조차 밖에 하고 이랑 이나 이든 인가 인지 라는 란 라고 하는 하기 하면 하다 한다 했다 해서 되는 된다 되다 하게 적인 적 식 이다 은 는 이 가 을 를 의 에 와 과 로 도 만 나 랑 다 인 할 한 기 지"
    .split(" ")
    .sort((a, b) => b.length - a.length)
    .map(decompose)
    .join("|")})$`,
);
/** English endings, so that “waiting” finds “wait” and “batches” “batch”. */
const ENDINGS = /(?:ings?|ed|e?s|er|ly|ion|e)$/;

/** Hangul in its letters, so that 기다리 begins 기다린; all in small letters. */
function decompose(text: string): string {
  return text.normalize("NFKD").toLowerCase();
}

/** As {@link decompose}, with one space for all that is no letter or digit. */
function simplify(text: string): string {
  return decompose(text)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
}

/** A way to read a word of the query, and what finding it is worth. */
interface Reading {
  pattern: RegExp;
  worth: number;
}

interface Word {
  readings: Reading[];
}

const HANGUL = /^[\u1100-\u11ff]/;
const syllables = (word: string) => word.normalize("NFC").length;

/** A pattern for a word; spaces that the text has in it do not matter. */
function patternOf(word: string): RegExp {
  const letters = [...word];
  // Korean compounds: 대기 in 바쁜대기. But not one syllable in any word, and
  // no English inside an English word.
  const inside = HANGUL.test(word) && syllables(word) > 1;
  // A short word would be found across the border of any two.
  const spaced = HANGUL.test(word) ? syllables(word) > 2 : word.length > 3;
  return new RegExp(
    (inside ? "" : "(?<![\\p{L}\\p{M}\\p{N}])") +
      letters.join(spaced ? " ?" : ""),
    "gu",
  );
}

function readingsOf(word: string): Reading[] {
  const readings = new Map<string, number>([[word, 1]]);
  const add = (other: string, worth: number) => {
    if (other && !readings.has(other)) readings.set(other, worth);
  };
  if (/\p{sc=Hangul}/u.test(word)) {
    const bare = word.replace(PARTICLES, "");
    if (syllables(bare) > 1 || /^[a-z]/.test(bare)) add(bare, 0.9);
    // What is still being typed: 동싯 on the way to 동시성.
    add(word.replace(/[\u11a8-\u11ff]$/, ""), 0.3);
  } else {
    const bare = word
      .replace(ENDINGS, "")
      .replace(/([b-df-hj-np-tv-z])\1$/, "$1");
    if (bare.length > 2) add(bare, 0.8);
  }
  return [...readings].map(([reading, worth]) => ({
    pattern: patternOf(reading),
    worth,
  }));
}

/** A note's texts, simplified once for all queries. */
interface Prepared {
  note: SearchNote;
  names: string[];
  definition: string;
  sections: { title: string; claims: string; text: string }[];
}

const prepared = new WeakMap<SearchNote, Prepared>();

function prepare(note: SearchNote): Prepared {
  const known = prepared.get(note);
  if (known) return known;
  const made: Prepared = {
    note,
    names: [note.title, ...note.names, note.slug].map(simplify),
    definition: simplify(note.definition),
    sections: note.sections.map(({ title, text }) => ({
      title: simplify(title),
      claims: simplify(
        text
          .flatMap((piece) => (Array.isArray(piece) ? piece[1] : []))
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

const count = (text: string, { pattern }: Reading) =>
  text.match(pattern)?.length ?? 0;

/** The best of the readings of a word, by what they find in a text. */
function best(word: Word, rate: (reading: Reading) => number): number {
  return Math.max(
    ...word.readings.map((reading) => reading.worth * rate(reading)),
  );
}

/** What a name says about a query: it is it, it begins so, it has it in it. */
function rateName(name: string, reading: Reading): number {
  const pattern = new RegExp(reading.pattern);
  const match = pattern.exec(name);
  if (!match) return 0;
  if (match[0].length === name.length) return 12;
  return match.index === 0 ? 8 : 6;
}

/** Often is better than once, but never much better. */
const often = (times: number) => times / (times + 3);

/**
 * Finds a query's words in the notes.
 *
 * A word counts by where it stands (name, heading, definition, claim, text)
 * and by how few notes have it; Korean words are found inside compounds, with
 * and without particles, and whatever the spaces. What this finds is tested
 * with the queries of `tests/search-queries.json`.
 *
 * @returns places, those of the best note first
 */
export function find(query: string, notes: SearchNote[]): Found[] {
  const typed = simplify(query).split(" ").filter(Boolean);
  const words = typed.map((word) => ({ readings: readingsOf(word) }));
  if (words.length === 0) return [];
  // 동시 성 finds 동시성, and “busy wait” counts more in one piece.
  const whole: Word | undefined =
    words.length > 1 ? { readings: readingsOf(typed.join("")) } : undefined;
  const rows = notes.map((note) => {
    const texts = prepare(note);
    const perWord = (word: Word) => {
      const name = Math.max(
        ...texts.names.map((each) => best(word, (r) => rateName(each, r))),
      );
      const definition = best(word, (r) =>
        count(texts.definition, r) ? 3 : 0,
      );
      const sections = texts.sections.map(({ title, claims, text }) =>
        best(
          word,
          (r) =>
            (count(title, r) ? 3 : 0) +
            (count(claims, r) ? 1.5 : 0) +
            3 * often(count(text, r)),
        ),
      );
      const times = best(word, (r) =>
        often(
          texts.sections.reduce((sum, { text }) => sum + count(text, r), 0),
        ),
      );
      return {
        head: name + definition,
        sections,
        total: name + definition + Math.max(0, ...sections) + 4 * times,
      };
    };
    return { note, words: words.map(perWord), whole: whole && perWord(whole) };
  });
  // A word that few notes have tells more; one that none has, next to nothing.
  const rarity = words.map((_, index) => {
    const having = rows.filter(({ words }) => words[index]!.total > 0).length;
    return 0.1 + (having && Math.log((notes.length + 1) / having));
  });
  const possible = rarity.reduce((a, b) => a + b);
  return rows
    .map((row) => {
      const sum = (
        rate: (word: (typeof row.words)[number], rarity: number) => number,
      ) =>
        row.words.reduce(
          (sum, word, index) => sum + rate(word, rarity[index]!),
          0,
        ) + (row.whole ? rate(row.whole, 2 * possible) : 0);
      const found = row.words.filter(({ total }) => total > 0).length;
      const covered = row.whole?.total ? 1 : found / words.length;
      return {
        row,
        covered,
        score:
          covered *
          sum(
            ({ head, total }, rarity) =>
              head * Math.max(1, rarity) + (total - head) * rarity,
          ),
        head: sum(({ head }) => head),
        sections: row.note.sections.map((_, index) =>
          sum(({ sections }, rarity) => sections[index]! * rarity),
        ),
      };
    })
    .filter(({ score, covered }) => score > 0 && covered >= LEAST_COVERED)
    .sort((a, b) => b.score - a.score)
    .flatMap(({ row: { note }, head, sections }) => {
      const patterns = [...(whole ? [whole] : []), ...words].flatMap(
        ({ readings }) => readings.map(({ pattern }) => pattern),
      );
      const places = sections
        .map((score, index) => ({ score, section: note.sections[index]! }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, head > 0 ? PLACES - 1 : PLACES)
        .map(({ section }) => foundIn(note, section, patterns));
      if (head > 0 || places.length === 0) {
        places.unshift({ note, excerpt: mark(note.definition, patterns) });
      }
      return places;
    });
}

/** The place in a section: a claim if one has a word, else the first match. */
function foundIn(
  note: SearchNote,
  section: Section,
  patterns: RegExp[],
): Found {
  for (const piece of section.text) {
    if (typeof piece === "string") continue;
    const [claim, sentence] = piece;
    const text = simplify(sentence);
    if (patterns.some((pattern) => text.match(pattern))) {
      return { note, section, claim, excerpt: mark(sentence, patterns) };
    }
  }
  return { note, section, excerpt: cut(mark(plain(section.text), patterns)) };
}

/** Splits a text where a pattern is found in it. */
function mark(text: string, patterns: RegExp[]): Found["excerpt"] {
  // Where each letter of the simplified text stands in the text itself.
  const letters: number[] = [];
  let simple = "";
  for (let at = 0; at < text.length; at++) {
    const letter = decompose(text[at]!).replace(/[^\p{L}\p{N}\p{M}]/gu, " ");
    const added = letter === " " && simple.endsWith(" ") ? "" : letter;
    simple += added;
    for (let n = 0; n < added.length; n++) letters.push(at);
  }
  for (const pattern of patterns) {
    const matches = [...simple.matchAll(pattern)];
    if (matches.length === 0) continue;
    let from = 0;
    const pieces = matches.flatMap(({ index, 0: { length } }) => {
      const start = Math.max(from, letters[index]!);
      const end = letters[index + length - 1]! + 1;
      const before = { text: text.slice(from, start), found: false };
      from = end;
      return [before, { text: text.slice(start, end), found: true }];
    });
    return [...pieces, { text: text.slice(from), found: false }].filter(
      ({ text }) => text,
    );
  }
  return [{ text, found: false }];
}

/** Shortens a text to the surroundings of what was found first. */
function cut(pieces: Found["excerpt"]): Found["excerpt"] {
  let room = EXCERPT_LENGTH;
  const [first, ...rest] = pieces;
  const start =
    first &&
    !first.found &&
    first.text.length > EXCERPT_BEFORE &&
    rest.length > 0
      ? [
          {
            text: `…${first.text.slice(-EXCERPT_BEFORE).replace(/^\S*\s/, "")}`,
            found: false,
          },
          ...rest,
        ]
      : pieces;
  return start.flatMap(({ text, found }) => {
    if (room <= 0) return [];
    const kept =
      text.length <= room
        ? text
        : `${text.slice(0, room).replace(/[\s.]+\S*$/, "")}…`;
    room -= text.length;
    return [{ text: kept, found }];
  });
}
