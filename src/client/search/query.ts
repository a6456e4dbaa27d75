import {
  countSyllables,
  decompose,
  isKorean,
  withoutFinal,
  withoutParticle,
} from "./korean.ts";
import * as worth from "./worth.ts";

/** A way to read a word of the query. */
export interface Reading {
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

/**
 * What a question is made of, and no name of anything. “Not” and “first” are
 * none of them, nor are words that stand in a name: “all at once”.
 */
const STOP_WORDS = new Set(
  simplify(
    "a an and are as be can do does for from how i if in is it my of on or should that the this to use what when where which while why will with you " +
      "왜 이유 어떻게 방법 법 뭐 뭐야 뭔가요 무엇 언제 얼마로 때문에 하나요 쓰나 쓰나요 쓰면 쓰는 있는 없는 어떤",
  ).split(" "),
);

/** The words of a text, simplified: all of them where a question is all it is. */
export function wordsIn(text: string): string[] {
  const words = simplify(text).split(" ").filter(Boolean);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** A query of words; of none where there is no letter and no digit in a text. */
export function readQuery(words: string[]): Query {
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

export function readingsOf(word: string): Reading[] {
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
