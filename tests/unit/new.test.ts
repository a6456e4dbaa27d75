import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as prettier from "prettier";
import { afterEach, beforeEach, expect, test } from "vitest";

const COMMAND = resolve("src/commands/new.ts");
const PARTS = "src/content/parts.json";
const FLAGS = [
  "--title-ko",
  "푸",
  "--title-en",
  "Foo",
  "--term",
  "foo",
  "--definition-ko",
  "푸는 푸다.",
  "--definition-en",
  "A foo is a foo.",
];

/** A folder like the project's, as far as the command looks. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "new-"));
  await cp(PARTS, join(folder, PARTS));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command without a terminal; gives what it said and left. */
async function run(...args: string[]) {
  const ran = promisify(execFile)(
    process.execPath,
    [COMMAND, "--no-record", ...args],
    { cwd: folder },
  );
  const { stdout, stderr, code } = await ran.then(
    (said) => ({ ...said, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const left = files.filter((file) => file.isFile()).map(({ name }) => name);
  return { stdout, stderr, code, left: left.sort() };
}

test("writes four files, each in its place, and the slug into its part", async () => {
  const { code, left, stdout } = await run(
    "foo",
    ...FLAGS,
    "--part",
    "2",
    "--needs",
    "latency, busy-wait",
  );
  expect(code).toBe(0);
  expect(left).toEqual(
    ["foo.mdx", "foo.mdx", "foo.test.ts", "foo.ts", "parts.json"].sort(),
  );
  expect(stdout).toContain("npm run check foo");
  const parts = JSON.parse(await readFile(join(folder, PARTS), "utf8")) as {
    notes: string[];
  }[];
  expect(parts[1]!.notes.at(-1)).toBe("foo");
  const note = join(folder, "src/content/notes/en/foo.mdx");
  expect(await readFile(note, "utf8")).toContain("needs: [latency, busy-wait]");
});

test("what it writes runs, and is formatted", async () => {
  await run("foo", ...FLAGS, "--part", "Web services");
  const example = join(folder, "examples/foo.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [example]);
  expect(stdout).toMatch(/^wait: \d+ turns\nbroken wait: 0 turns\n$/);
  for (const file of ["examples/foo.ts", "tests/claims/foo.test.ts", PARTS]) {
    const source = await readFile(join(folder, file), "utf8");
    const filepath = file;
    expect(await prettier.check(source, { filepath }), file).toBe(true);
  }
});

test.each([
  ["a bad slug", ["Foo Bar"], "“Foo Bar” is no slug: small letters"],
  ["a slug that is taken", ["latency"], "“latency” is taken."],
  ["a slug that names a page", ["map"], "“map” is taken."],
  ["no slug", [], "Name one slug."],
  [
    "an unknown part",
    ["foo", ...FLAGS, "--part", "9"],
    "There is no part “9”. The parts are 1 (Order and waiting)",
  ],
  [
    "an unknown prerequisite",
    ["foo", ...FLAGS, "--part", "1", "--needs", "latncy"],
    "There is no note “latncy” to read first. Did you mean latency",
  ],
  [
    "a missing value",
    ["foo", "--title-ko", "푸"],
    "Missing: --title-en, --term, --definition-ko, --definition-en, --part.",
  ],
  ["an empty value", ["foo", ...FLAGS, "--part", ""], "There is no part “”."],
  ["an unknown flag", ["foo", "--titel", "x"], "Unknown option '--titel'"],
])("refuses %s, and writes nothing", async (_, args, message) => {
  const { code, stderr, left } = await run(...args);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(1);
  expect(left).toEqual(["parts.json"]);
});

test("a file that cannot be written takes the others back with it", async () => {
  const before = await readFile(join(folder, PARTS), "utf8");
  // A file stands where a folder is needed.
  await cp(PARTS, join(folder, "src/content/notes"));
  const { code, stderr, left } = await run("foo", ...FLAGS, "--part", "1");
  expect(stderr).toMatch(/^Nothing was written: /);
  expect(code).toBe(1);
  expect(left).toEqual(["notes", "parts.json"]);
  expect(await readFile(join(folder, PARTS), "utf8")).toBe(before);
});
