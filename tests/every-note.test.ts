import { expect, test } from "vitest";
import { checkNotes } from "../src/check/check-notes.ts";
import { report } from "../src/check/finding.ts";
import { readBook } from "../src/check/read-book.ts";

test("the notes have nothing to mend", () => {
  const findings = checkNotes(readBook());
  expect(findings, `\n${report(findings)}\n`).toEqual([]);
});
