import type { Paragraph } from "../book/comments.ts";
import type { Evidence } from "../book/evidence.ts";
import type { Notes } from "../book/note.ts";

/** A claim as a test proves it. */
export interface TestedClaim {
  id: string;
  /** The test's file. */
  test: string;
}

/** What the notes are checked against, as far as it can be read. */
export interface Book {
  notes: Notes;
  /** Files that are there and cannot be read, of which that is said already. */
  unread: ReadonlySet<string>;
  /** Slugs in reading order, with their lines in the file of the parts. */
  parts: readonly (readonly [slug: string, line: number])[] | undefined;
  /** Of the programs of a slug, the main one first. */
  evidence: ReadonlyMap<string, readonly Evidence[]>;
  /** The claims of a slug's tests. */
  claims: ReadonlyMap<string, readonly TestedClaim[]>;
  /** The names of the functions of a slug's programs. */
  functions: ReadonlyMap<string, readonly string[]>;
  /** The numbers that a slug's programs write out. */
  numbers: ReadonlyMap<string, readonly number[]>;
  /** What the comments of a slug's programs say. */
  paragraphs: ReadonlyMap<string, readonly Paragraph[]>;
}
