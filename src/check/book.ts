import type { Evidence } from "../book/evidence.ts";
import type { Notes } from "../book/note.ts";

/** What the notes are checked against. */
export interface Book {
  notes: Notes;
  /** Slugs in reading order. */
  slugs: readonly string[];
  /** By slug, as far as there is any. */
  evidence: ReadonlyMap<string, Evidence>;
  /** The ids of a test's claims, by slug. */
  claims: ReadonlyMap<string, readonly string[]>;
  /** The names of an example's functions, by slug. */
  functions: ReadonlyMap<string, readonly string[]>;
  /** The numbers that an example's source writes, by slug. */
  numbers: ReadonlyMap<string, ReadonlySet<number>>;
}
