import type { Language } from "./languages.ts";
import type { NotText } from "./not-text.ts";

/** Something in a note, with the line of its file, counted from 1. */
interface Located {
  line: number;
}

export interface WikiLink extends Located {
  /** Slug or alias, as written. */
  target: string;
  /** The heading's id, without `#`. */
  fragment: string | undefined;
}

export interface NoteHeading extends Located {
  id: string;
  text: string;
  depth: number;
}

export interface NoteClaim extends Located {
  id: string | undefined;
  /** The sentence, without markup. */
  text: string;
}

/** A question that a reader answers before a claim is shown. */
export interface NotePrediction extends Located {
  /** The question, without markup. */
  text: string;
  /** The claim that it is about. */
  of: string | undefined;
  /** Answers that no run gave; `NaN` where no number is written. */
  others: number[];
  /** The claims of the paragraph below it. */
  below: (string | undefined)[];
}

export interface NoteExample extends Located {
  /** The function that is shown; the whole file if there is none. */
  show: string | undefined;
}

export interface NoteFootnote extends Located {
  id: string;
}

/** The address of a link or a picture that is no wiki-link. */
export interface NoteAddress extends Located {
  url: string;
}

export interface NoteCode extends Located {
  /** The language behind the fence, if one is named. */
  language: string | undefined;
  text: string;
}

/** A number with a unit of time that stands outside of claims and footnotes. */
export interface NoteTime extends Located {
  /** As written: "0.2 s". */
  text: string;
  ms: number;
}

/** Text between claims, or a claim: its id and its sentence. */
export type Piece = string | [id: string, sentence: string];

/** The id that Sätteri gives to the heading over the footnotes. */
export const FOOTNOTES_ID = "footnote-label";

/** What stands under one heading of a note, without markup and code. */
export interface Section {
  /** The heading's id; empty for the text above the first heading. */
  id: string;
  title: string;
  text: Piece[];
}

/** A note as its file says it, before anything is checked. */
export interface Note {
  language: Language;
  slug: string;
  /** From the project's root. */
  file: string;
  frontmatter: Record<string, unknown>;
  /** The line of each key of the front matter. */
  keyLines: ReadonlyMap<string, number>;
  title: string;
  aliases: string[];
  /** What is neither Markdown nor a component. */
  notText: NotText[];
  headings: NoteHeading[];
  /** The text by heading, that of the footnotes last. */
  sections: Section[];
  links: WikiLink[];
  /** Lines on which a wiki-link is opened and not closed, or closed only. */
  openLinks: number[];
  claims: NoteClaim[];
  predictions: NotePrediction[];
  examples: NoteExample[];
  /** References to footnotes in the order of the text. */
  references: NoteFootnote[];
  /** The footnotes themselves, in the order of the file. */
  footnotes: NoteFootnote[];
  addresses: NoteAddress[];
  /** Lines of pictures without words. */
  wordlessImages: number[];
  /** Pictures and components that draw, as they are written. */
  drawings: string[];
  code: NoteCode[];
  times: NoteTime[];
  /** The text without code, front matter and markup. */
  prose: string;
}

/** All notes of the book by language and slug. */
export type Notes = Record<Language, Map<string, Note>>;
