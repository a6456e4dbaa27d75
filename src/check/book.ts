import type { Evidence } from "../book/evidence.ts";
import type { Notes } from "../book/note.ts";

/** What the notes are checked against, as far as it can be read. */
export interface Book {
  notes: Notes;
  /** Files that are there and cannot be read, of which that is said already. */
  unread: ReadonlySet<string>;
  /** Slugs in reading order, with their lines in the file of the parts. */
  parts: readonly (readonly [slug: string, line: number])[] | undefined;
  evidence: ReadonlyMap<string, Evidence>;
  /** The ids of a test's claims, by slug. */
  claims: ReadonlyMap<string, readonly string[]>;
  /** The names of an example's functions, by slug. */
  functions: ReadonlyMap<string, readonly string[]>;
  /** The numbers that an example's source writes, by slug. */
  numbers: ReadonlyMap<string, ReadonlySet<number>>;
}
