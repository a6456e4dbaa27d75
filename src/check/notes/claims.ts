import { filesOf } from "../../book/files.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note } from "../../book/note.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

/** Every claim of the tests is stated once, and no other. */
export function checkStatedClaims(note: Note, { claims }: Book): Finding[] {
  const tested = claims.get(note.slug);
  if (!tested) return [];
  const known = tested.map(({ id }) => id);
  const tests = new Set([
    filesOf(note.slug).test,
    ...tested.map(({ test }) => test),
  ]);
  const stated = note.claims.map(({ id }) => id);
  const unstated = tested.filter(
    ({ id }, at) => known.indexOf(id) === at && !stated.includes(id),
  );
  return [
    ...atEach(note, note.claims, ({ id }, index) => {
      if (id === undefined) return 'A claim has no id: <Claim id="…">.';
      if (stated.indexOf(id) !== index)
        return `The claim “${id}” is stated twice: drop one of the two.`;
      if (!known.includes(id))
        return `${[...tests].join(" and ")} ${tests.size > 1 ? "have" : "has"} no claim “${id}”. ${nearest(id, known)}`;
      return undefined;
    }),
    // The one that a wrong id means is said with the id.
    ...(hasUnknownClaim(note, claims) ? [] : unstated).map(({ id, test }) => {
      const message = `${test} proves “${id}”, and no sentence states it: <Claim id="${id}">…</Claim>.`;
      return at(note, 1, message);
    }),
  ];
}

/** Whether a note states a claim that no test of its slug has. */
export function hasUnknownClaim(note: Note, claims: Book["claims"]): boolean {
  const known = claims.get(note.slug)?.map(({ id }) => id);
  return note.claims.some(({ id }) => known && !known.includes(id ?? ""));
}
