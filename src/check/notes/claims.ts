import { filesOf } from "../../book/files.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

/** Every claim of the test is stated once, and no other. */
export function checkStatedClaims(note: Note, { claims }: Book): Finding[] {
  const { test } = filesOf(note.slug);
  const known = claims.get(note.slug);
  if (!known) return [];
  const stated = note.claims.map(({ id }) => id);
  const unstated = known.filter((id) => !stated.includes(id));
  return [
    ...atEach(note, note.claims, ({ id }, index) => {
      if (id === undefined) return 'A claim has no id: <Claim id="…">.';
      if (stated.indexOf(id) !== index)
        return `The claim “${id}” is stated twice: drop one of the two.`;
      if (!known.includes(id))
        return `${test} has no claim “${id}”. ${nearest(id, known)}`;
      return undefined;
    }),
    ...unstated.map((id) => {
      const message = `${test} proves “${id}”, and no sentence states it: <Claim id="${id}">…</Claim>.`;
      return at(note, 1, message);
    }),
  ];
}
