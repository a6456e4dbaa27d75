import {
  countSyllables,
  decompose,
  isKorean,
  withoutFinal,
  withoutParticle,
} from "./korean.ts";
import * as worth from "./worth.ts";

/** A way to read a word of the query. */
interface Reading {
  pattern: RegExp;
  /** Of what finding the word itself is worth. */
  share: number;
}

export interface Query {
  /** The readings of each word. */
  words: Reading[][];
  /**
   * Those of all words in one piece, where there are several: 동시 성 finds
   * 동시성, and “busy wait” counts more in one piece.
   */
  joined: Reading[] | undefined;
}

/** The words of a query; none where there is no letter and no digit in it. */
export function readQuery(text: string): Query {
  const words = simplify(text).split(" ").filter(Boolean);
  return {
    words: words.map(readingsOf),
    joined: words.length > 1 ? readingsOf(words.join("")) : undefined,
  };
}

/** All patterns of a query, the one that says most first. */
export function patternsOf({ words, joined = [] }: Query): RegExp[] {
  return [joined, ...words].flat().map(({ pattern }) => pattern);
}

/** As {@link decompose}, with one space for all that is no letter or digit. */
export function simplify(text: string): string {
  return decompose(text)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
}

function readingsOf(word: string): Reading[] {
  const readings = new Map([[word, 1]]);
  const add = (other: string, share: number) => {
    if (other && !readings.has(other)) readings.set(other, share);
  };
  if (/\p{sc=Hangul}/u.test(word)) {
    add(withoutParticle(word), worth.bareNoun);
    add(withoutFinal(word), worth.unfinished);
  } else {
    add(withoutEnding(word), worth.stem);
  }
  return [...readings].map(([reading, share]) => ({
    pattern: patternOf(reading),
    share,
  }));
}

/** “waiting” finds “wait”, and “batches” “batch”; two letters find nothing. */
function withoutEnding(word: string): string {
  const bare = word
    .replace(/(?:ings?|ed|e?s|er|ly|ion|e)$/, "")
    .replace(/([b-df-hj-np-tv-z])\1$/, "$1");
  return bare.length > 2 ? bare : "";
}

/** A pattern for a word; spaces that the text has in it do not matter. */
function patternOf(word: string): RegExp {
  // Korean compounds: 대기 in 바쁜대기. But not one syllable in any word, and
  // no English inside an English word.
  const inside = isKorean(word) && countSyllables(word) > 1;
  // A short word would be found across the border of any two.
  const spaced = isKorean(word) ? countSyllables(word) > 2 : word.length > 3;
  return new RegExp(
    (inside ? "" : "(?<![\\p{L}\\p{M}\\p{N}])") +
      [...word].join(spaced ? " ?" : ""),
    "gu",
  );
}
