import { execFileSync } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { RUNTIME_IDS } from "../../src/book/runtimes.ts";

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  /** A workflow of ours, in place of steps. */
  uses?: string;
  permissions?: Record<string, string>;
  steps?: Step[];
  "timeout-minutes"?: number;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = globSync(".github/workflows/*.yml");
const read = (file: string) => parse(readFileSync(file, "utf8")) as Workflow;

test("there is one for pull requests, one for deployment", () => {
  const triggers = files.flatMap((file) => Object.keys(read(file).on));
  expect(triggers).toEqual(
    expect.arrayContaining(["pull_request", "push", "schedule"]),
  );
});

test("a claim that falls on a newer runtime becomes an issue, figures and all", () => {
  const { on, jobs } = read(".github/workflows/runtimes.yml");
  expect(Object.keys(on)).toContain("schedule");
  const measure = jobs["measure"]!.steps!.find(({ env }) => env?.["RUNTIMES"])!;
  expect(measure.env!["RUNTIMES"]!.split(",")).toEqual(RUNTIME_IDS);
  expect(measure.run).toContain(
    'npm run record -- --runtime "$RUNTIMES" --fallen "$RUNNER_TEMP/fallen.txt"',
  );
  const [report] = jobs["report"]!.steps!;
  expect(report!.env!["FALLEN"]).toBe("${{ needs.measure.outputs.fallen }}");
  expect(report!.with!["script"]).toContain("process.env.FALLEN");
});

/** What the step of a pull request breaks where these files of it changed. */
function brokenFor(...changed: string[]): string {
  const { jobs } = read(".github/workflows/check.yml");
  const { run } = jobs["mutate-changed"]!.steps!.at(-1)!;
  const cwd = mkdtempSync(join(tmpdir(), "changed-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd });
  const commit = (text: string) => {
    for (const file of changed) {
      mkdirSync(join(cwd, dirname(file)), { recursive: true });
      writeFileSync(join(cwd, file), text);
    }
    git("add", ".");
    git("commit", "--quiet", "--message", text);
  };
  try {
    git("init", "--quiet");
    git("config", "user.name", "somebody");
    git("config", "user.email", "somebody@example.com");
    git("config", "commit.gpgSign", "false");
    commit("before");
    commit("after");
    const script = `npm() { echo "$@"; }\n${run}`;
    return execFileSync("bash", ["-ec", script], { cwd, encoding: "utf8" });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

// The steps of this workflow run on Linux.
describe.skipIf(process.platform === "win32")("of a pull request", () => {
  test("the programs that changed are broken, and those of changed claims", () => {
    expect(
      brokenFor(
        "examples/race.ts",
        "examples/mutex.ts",
        "tests/claims/mutex.test.ts",
        "tests/claims/busy-wait.test.ts",
      ),
    ).toBe("run mutate -- busy-wait mutex race\n");
  });

  test("nothing is broken for what is no program in TypeScript, and no claim of one", () => {
    expect(
      brokenFor(
        "README.md",
        "examples/requirements.txt",
        "examples/race.py",
        "tests/claims/python/race.test.ts",
      ),
    ).toBe("");
  });
});

describe.each(files)("%s", (file) => {
  const source = readFileSync(file, "utf8");
  const workflow = read(file);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test("pins every action by commit, and says its version", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
    const lines = source
      .split("\n")
      .filter((line) => line.includes("- uses: "));
    expect(lines).toHaveLength(used.length);
    for (const line of lines) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });

  test("may read, and writes only in a job that runs nothing of ours", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const { uses = "", steps = [], ...job } of jobs) {
      const writes = Object.values(job.permissions ?? {}).includes("write");
      const runs = uses !== "" || steps.some(({ run }) => run !== undefined);
      expect(writes && runs).toBe(false);
      if (uses) {
        expect(uses).toMatch(/^\.\//);
        continue;
      }
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  test("gives nothing away to a pull request", () => {
    expect(source).not.toMatch(/pull_request_target|secrets\.|workflow_run/);
    for (const { uses, with: given } of steps) {
      if (!uses?.startsWith("actions/checkout@")) continue;
      expect(given?.["persist-credentials"]).toBe(false);
    }
    // What a stranger may name must not be pasted into a command.
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });
});
