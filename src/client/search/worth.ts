/**
 * What finding a word is worth, by where it is found and how it was read.
 * Weights by trial: `tests/unit/search.test.ts` says what they have to find.
 */

/** The name is the word, begins with it, or has it in it. */
export const isName = 12;
export const beginsName = 8;
export const inName = 6;

export const inDefinition = 3;
export const inHeading = 3;
/** Beside that, where the words are all of the heading. */
export const isHeading = 6;
export const inClaim = 1.5;
/** In a section's text, and in all of the note's, if it is nearly every word. */
export const inSection = 3;
export const inNote = 4;

/** All words in one piece, beside what they are worth one by one. */
export const joined = 2;

/** A word read without its particle, its last consonant, or its ending. */
export const bareNoun = 0.9;
export const unfinished = 0.3;
export const stem = 0.8;
