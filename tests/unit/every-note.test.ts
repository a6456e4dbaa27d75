import { expect, test } from "vitest";
import { report } from "../../src/check/finding.ts";
import { checkBook } from "../../src/check/read-book.ts";

test("the notes and their examples have nothing to mend", () => {
  const findings = checkBook().filter(({ isWarning }) => !isWarning);
  expect(findings, `\n${report(findings)}\n`).toEqual([]);
});
