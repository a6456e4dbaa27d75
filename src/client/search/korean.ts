/**
 * Korean as readers type it. A word is taken apart into its letters, so that
 * 바쁜대기는 is ㅂㅏㅃㅡㄴㄷㅐㄱㅣㄴㅡㄴ. It ends in the letters of the particle 는;
 * without them it is 바쁜대기, which the query's pattern finds in “바쁜 대기”.
 */

/** Hangul in its letters, so that 기다리 begins 기다린; all in small letters. */
export function decompose(text: string): string {
  return text.normalize("NFKD").toLowerCase();
}

/** Whether a word begins with Hangul; the word is {@link decompose decomposed}. */
export function isKorean(word: string): boolean {
  return /^[\u1100-\u11ff]/.test(word);
}

/** How many syllables a word has; of another script, how many letters. */
export function countSyllables(word: string): number {
  return word.normalize("NFC").length;
}

/**
 * Particles, and endings that turn a noun into a verb or close a question about
 * it, as a reader may leave them on a noun. The longest first.
 */
const PARTICLES = new RegExp(
  `(?:${"이라는 이란 이라고 인데 에서는 에서도 에서의 에게서 으로는 으로도 으로써 인가요 이에요 이에 에서 에게 으로 까지 부터 보다 처럼 마다 조차 밖에 하고 이랑 이나 이든 인가 인지 라는 란 라고 하는 하기 하면 하다 한다 했다 해서 되는 된다 되다 하게 적인 적 식 이다 은 는 이 가 을 를 의 에 와 과 로 도 만 나 랑 다 인 할 한 기 지"
    .split(" ")
    .sort((a, b) => b.length - a.length)
    .map(decompose)
    .join("|")})$`,
);

/**
 * A word without its particle; nothing where one syllable would be left, which
 * may as well be the beginning of another word.
 */
export function withoutParticle(word: string): string {
  const bare = word.replace(PARTICLES, "");
  return countSyllables(bare) > 1 || /^[a-z]/.test(bare) ? bare : "";
}

/** A word without the consonant at its end: 동싯 on the way to 동시성. */
export function withoutFinal(word: string): string {
  return word.replace(/[\u11a8-\u11ff]$/, "");
}
