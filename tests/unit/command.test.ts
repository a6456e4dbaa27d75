import { expect, test, vi } from "vitest";
import { main as bench } from "../../src/commands/bench.ts";
import { main as check } from "../../src/commands/check.ts";
import { main as compare } from "../../src/commands/compare.ts";
import { main as inStep } from "../../src/commands/in-step.ts";
import { main as mutate } from "../../src/commands/mutate.ts";
import { main as newNote } from "../../src/commands/new.ts";
import { main as record } from "../../src/commands/record.ts";
import { main as stress } from "../../src/commands/stress.ts";
import { main as trace } from "../../src/commands/trace.ts";

const COMMANDS = {
  bench,
  check,
  compare,
  "in-step": inStep,
  mutate,
  new: newNote,
  record,
  stress,
  trace,
};
const all = Object.entries(COMMANDS);

/** Runs a command in this process: its exit code, and what it said. */
async function run(main: typeof check, ...argv: string[]) {
  const said = { out: "", err: "" };
  const log = vi.spyOn(console, "log").mockImplementation((text) => {
    said.out += `${text}\n`;
  });
  const error = vi.spyOn(console, "error").mockImplementation((text) => {
    said.err += `${text}\n`;
  });
  try {
    return { code: await main(argv), ...said };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

test.each(all)("%s tells how it is used", async (name, main) => {
  for (const flag of ["--help", "-h"]) {
    const { code, out, err } = await run(main, flag);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: npm run ${name} -- `));
    expect(err).toBe("");
  }
});

test.each(all)(
  "%s refuses an unknown flag, and says how",
  async (name, main) => {
    const { code, out, err } = await run(main, "--bogus");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain("Unknown option '--bogus'");
    expect(err).toContain(`Usage: npm run ${name} -- `);
  },
);

test.each(all.filter(([name]) => !["new", "check", "in-step"].includes(name)))(
  "%s refuses a slug without an example, and names those that there are",
  async (_, main) => {
    const { code, err } = await run(main, "bussy-wait");
    expect(code).toBe(1);
    expect(err).toMatch(
      /There is no examples\/bussy-wait\.ts\. The examples are: .*\bbusy-wait, /,
    );
  },
);

test.each([
  [check, ["ghost"], "There is no “ghost”. Did you mean"],
  [inStep, ["ghost"], "There is no src/content/notes/ko/ghost.mdx."],
  [inStep, [], "Which notes?"],
  [newNote, ["Busy"], "“Busy” is no slug"],
  [newNote, ["busy-wait"], "is taken: there is examples/busy-wait.ts"],
  [
    newNote,
    ["lock"],
    "“lock” already names src/content/notes/en/mutex.mdx, by its title or its aliases.",
  ],
  [
    newNote,
    ["foo", "--title-ko", "뮤텍스"],
    "“뮤텍스” already names src/content/notes/ko/mutex.mdx",
  ],
  [trace, [], "Name one slug."],
  [mutate, ["--code", "src/orders", "src/book/"], "Nothing at “src/book” is"],
  [stress, ["20"], "There is no examples/20.ts"],
  [stress, ["--runs", "0"], "--runs takes a whole number from 1 on, not “0”."],
  [stress, ["--runs", "x"], "--runs takes a whole number from 1 on, not “x”."],
  [bench, ["--notes", "5"], "--notes takes a whole number from 100 on"],
  [bench, ["--notes", "100", "race"], "it takes no slug beside it"],
  [record, ["race", "mutex", "--trace", "f"], "--trace FILE takes one slug"],
])("a mistake has one clear message", async (main, argv, message) => {
  const { code, err } = await run(main, ...argv);
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).not.toContain("    at ");
});

test("flags without -- in front, which npm keeps for itself", async () => {
  vi.stubEnv("npm_config_title_ko", "푸");
  const { code, err } = await run(newNote, "foo");
  vi.unstubAllEnvs();
  expect(code).toBe(1);
  expect(err).toMatch(
    /^npm kept --title-ko for itself: put -- in front of all flags\.\n\nUsage: npm run new -- <slug> /,
  );
});

test("check of one slug says what is said of it in the files of all", async () => {
  const { code, out } = await run(check, "race");
  expect([code, out]).toEqual([0, "Nothing to mend.\n"]);
});
