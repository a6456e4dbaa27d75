import parts from "../content/parts.json" with { type: "json" };
import { PARTS_FILE } from "./files.ts";
import type { Language } from "./languages.ts";

export interface Part {
  /** From 1. */
  number: number;
  title: Record<Language, string>;
  /** Slugs in reading order. */
  notes: string[];
}

/** The parts of the book in order: `content/parts.json`. */
export const PARTS: readonly Part[] = parts.map((part, index) => ({
  number: index + 1,
  ...part,
}));

/** All slugs in reading order. */
export const SLUGS: readonly string[] = PARTS.flatMap(({ notes }) => notes);

export interface Place {
  part: Part;
  /** The note's place in its part, from 1. */
  place: number;
  previous: string | undefined;
  next: string | undefined;
}

/**
 * Where in the book a note stands.
 *
 * @throws if no part lists it
 */
export function placeOf(slug: string): Place {
  const part = PARTS.find(({ notes }) => notes.includes(slug));
  if (!part) {
    throw new Error(
      `${PARTS_FILE} lists no “${slug}”: add it to the part in which it is to be read.`,
    );
  }
  const index = SLUGS.indexOf(slug);
  return {
    part,
    place: part.notes.indexOf(slug) + 1,
    previous: SLUGS[index - 1],
    next: SLUGS[index + 1],
  };
}

/** How many parts a page's navigation names. */
const PARTS_NEAR = 7;

/**
 * The parts that a page's navigation names: that of its note and those around
 * it, the first ones on a page without a note; all of them while they are few.
 * With more, a thousand pages would grow with the square of their number.
 *
 * @throws if no part lists the note
 */
export function partsNear(slug: string | undefined): readonly Part[] {
  const number = slug === undefined ? 1 : placeOf(slug).part.number;
  return around(PARTS, number - 1, PARTS_NEAR);
}

/** So many of a list: one in the middle, as far as the list's ends allow. */
export function around<T>(
  list: readonly T[],
  middle: number,
  count: number,
): readonly T[] {
  const before = middle - Math.floor(count / 2);
  const first = Math.max(0, Math.min(before, list.length - count));
  return list.slice(first, first + count);
}
