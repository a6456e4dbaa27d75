import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checksumOf } from "../../src/book/checksum.ts";
import { hashesOf } from "../../src/book/code-hash.ts";
import { parseEvidence } from "../../src/book/evidence.ts";
import { programOf } from "../../src/book/programs.ts";
import { findPython } from "../../src/measure/find-python.ts";

const programs = globSync("examples/*.py").map((file) =>
  programOf(basename(file, ".py"), "python"),
);

test("there are programs in Python", () => {
  expect(programs.length).toBeGreaterThan(0);
});

test.each(programs)(
  "the evidence of $example is of the code as it is",
  (program) => {
    const { slug, evidence } = program;
    const text = readFileSync(evidence, "utf8");
    const recorded = parseEvidence(text, slug, program);
    expect(recorded.checksum).toBe(checksumOf(recorded));
    expect(recorded.hash).toEqual(hashesOf(slug, "python"));
    expect(recorded.recorded.runtime).toMatch(/^CPython 3\.\d+\.\d+/);
  },
);

afterAll(() => {
  const notRun = programs.flatMap(({ example }) => {
    const python = findPython(example);
    return "missing" in python ? [`${example} (${python.missing})`] : [];
  });
  if (notRun.length === 0) return;
  console.log(
    `Not run, for want of what they need: ${notRun.join(", ")}. Their recorded evidence was held to the hashes of the code instead.`,
  );
});
