import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInStep } from "../../src/check/check-in-step.ts";
import { report } from "../../src/check/finding.ts";
import type { Declared } from "../../src/book/in-step.ts";
import { changedSince } from "../../src/book/in-step.ts";

const KO = "src/content/notes/ko/x.mdx:1: ";
const EN = "src/content/notes/en/x.mdx:1: ";

/** Each on a line of its own, below the bracket. */
function declaredAs(value: Declared) {
  const lineOf = ([slug]: readonly PropertyKey[]) =>
    Object.keys(value).indexOf(String(slug)) + 2;
  return { value, lineOf };
}

function findings(today: { ko: string; en: string }, declared = true): string {
  const before = declared ? { x: { ko: "1", en: "2" } } : {};
  return report(checkInStep(new Map([["x", today]]), declaredAs(before)));
}

test("notes as they were declared have no findings", () => {
  expect(findings({ ko: "1", en: "2" })).toBe("");
});

test("a note that changed alone is newer: a warning at the other", () => {
  expect(findings({ ko: "9", en: "2" })).toBe(
    `${EN}warning: src/content/notes/ko/x.mdx is newer, and readers are told so: say the same here, then npm run in-step x`,
  );
  expect(findings({ ko: "1", en: "9" })).toContain(`${KO}warning: `);
});

test("a note that already said more stays the newer one", () => {
  const today = { ko: "1", en: "2" };
  expect(changedSince({ ...today, newer: "en" }, today)).toEqual(["en"]);
  expect(
    changedSince({ ...today, newer: "en" }, { ...today, ko: "9" }),
  ).toEqual(["ko", "en"]);
});

test("two notes that changed, and two that were never compared, are faults", () => {
  expect(findings({ ko: "8", en: "9" })).toBe(
    `${KO}This and src/content/notes/en/x.mdx both changed: when they say the same, npm run in-step x; if one says more, npm run in-step -- x --newer ko, or en.`,
  );
  expect(findings({ ko: "1", en: "2" }, false)).toBe(
    `${KO}Nobody has said yet that this and src/content/notes/en/x.mdx say the same: when they do, npm run in-step x`,
  );
});

test("a declared note that is gone is a fault", () => {
  const declared = declaredAs({ x: { ko: "1", en: "2" } });
  expect(report(checkInStep(new Map(), declared))).toContain(
    "src/content/in-step.json:2: “x” has no note in both languages",
  );
});

const COMMAND = resolve("src/commands/in-step.ts");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "in-step-"));
  for (const language of ["ko", "en"]) {
    await mkdir(join(folder, `src/content/notes/${language}`), {
      recursive: true,
    });
    await writeFile(join(folder, note(language)), language);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const note = (language: string) => `src/content/notes/${language}/x.mdx`;

/** Runs the command; gives what it said, and the pair that it wrote. */
async function run(...args: string[]) {
  const ran = promisify(execFile)(process.execPath, [COMMAND, ...args], {
    cwd: folder,
  });
  const { stdout, stderr } = await ran.catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  const file = join(folder, "src/content/in-step.json");
  const declared = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
  return { said: stdout + stderr, pair: declared.x };
}

test("the command writes the pair, or which of the two says more", async () => {
  const first = await run("x");
  expect(first.said).toBe("x: both languages say the same.\n");
  expect(first.pair).toEqual({
    ko: expect.stringMatching(/^[\da-f]{16}$/),
    en: expect.stringMatching(/^[\da-f]{16}$/),
  });
  await writeFile(join(folder, note("en")), "changed");
  const second = await run("x", "--newer", "en");
  expect(second.said).toContain("“en” is newer, and the page in “ko” says so.");
  const third = await run("x");
  expect(second.pair).toEqual({ ...third.pair, newer: "en" });
  expect(changedSince(first.pair, third.pair)).toEqual(["en"]);
});

test.each([
  ["no note", [], "Which notes?"],
  ["an unknown note", ["y"], "There is no src/content/notes/ko/y.mdx."],
  ["an unknown language", ["x", "--newer", "de"], "There is no language “de”"],
])("the command refuses %s", async (_, args, message) => {
  const { said } = await run(...args);
  expect(said).toContain(message);
  expect(said).not.toContain("    at ");
});
