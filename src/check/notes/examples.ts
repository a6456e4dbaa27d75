import { filesOf } from "../../book/files.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

/** The whole example is shown once, and of its functions only what is there. */
export function checkShownExamples(note: Note, { functions }: Book): Finding[] {
  const { example } = filesOf(note.slug);
  const known = functions.get(note.slug);
  if (!known) return [];
  const findings = atEach(note, note.examples, ({ show }) =>
    show === undefined || known.includes(show)
      ? undefined
      : `${example} has no function “${show}”. ${nearest(show, known)}`,
  );
  const whole = note.examples.filter(({ show }) => show === undefined);
  if (whole.length === 1) return findings;
  const message = `The whole example stands here ${whole.length} times: write <Example /> once.`;
  return [...findings, at(note, whole[1]?.line ?? 1, message)];
}
