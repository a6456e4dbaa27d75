import { execFile } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
  readdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  test,
  vi,
} from "vitest";
import { checksumOf } from "../../src/book/checksum.ts";
import { parseEvidence } from "../../src/book/evidence.ts";
import { programOf } from "../../src/book/programs.ts";
import { findPython } from "../../src/measure/find-python.ts";

const OLD = '{"old":"evidence"}\n';

/** A project of its own, in which examples may be broken. */
let project = "";

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "record-"));
  for (const path of [
    "src/book",
    "src/commands",
    "src/content/parts.json",
    "src/draw",
    "src/measure",
    "src/orders",
    "package.json",
    "vitest.config.ts",
  ]) {
    cpSync(path, join(project, path), { recursive: true });
  }
  symlinkSync(
    resolve("node_modules"),
    join(project, "node_modules"),
    "junction",
  );
  write("src/content/evidence/broken.json", OLD);
  write("tests/claims/broken.test.ts", testOf("exactly(1)"));
});

afterAll(() => rmSync(project, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

function write(file: string, text: string): void {
  cpSync("package.json", join(project, file));
  writeFileSync(join(project, file), text);
}

function testOf(bound: string): string {
  return `
import { claim, exactly } from "#claim";
for (const id of ["one", "two"]) {
  claim(id, { figure: "ones", unit: "", bound: ${bound}, subject: () => 1, controls: { none: { leavesOut: "the one", measure: () => 0 } } });
}
`;
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program of `src/commands` as its npm script does. */
function run(program: string, ...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [`src/commands/${program}.ts`, ...args],
      { cwd: project },
      (error, stdout, stderr) =>
        done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const record = (...args: string[]) => run("record", ...args);

const evidence = () =>
  readFileSync(join(project, "src/content/evidence/broken.json"), "utf8");

describe("npm run record", () => {
  test("refuses an unknown slug, and names the known ones", async () => {
    write("examples/broken.ts", "");
    const { code, stderr } = await record("bussy-wait");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "There is no examples/bussy-wait.ts. The examples are: broken.\n",
    );
  });

  test("refuses an unknown flag", async () => {
    const { code, stderr } = await record("--trase", "x");
    expect(code).toBe(1);
    expect(stderr).toContain("--trase");
    expect(stderr).not.toContain("    at ");
  });

  test.each([
    {
      what: "throws",
      source: 'throw new Error("out of order");',
      says: "out of order",
    },
    {
      what: "hangs",
      source: 'console.log("x"); setInterval(() => {}, 1000);',
      says: "still running after 4 s",
      hungAfterMs: "4000",
    },
    {
      what: "prints nothing",
      source: 'performance.measure("a");',
      says: "printed nothing: it ended before any console.log. Either it has none, or main() waits for what nobody resolves",
    },
    {
      what: "ends while it waits",
      source:
        'console.log("x"); await new Promise(() => {}).then(() => performance.measure("a"));',
      says: "ended with status 13",
    },
    {
      what: "ends while a function of it waits",
      source:
        'async function main() { console.log("x"); await new Promise(() => {}); performance.measure("a"); } main();',
      says: "or main() waits for what nobody resolves",
    },
    {
      what: "measures nothing",
      source: 'console.log("x");',
      says: "measured nothing",
    },
  ])(
    "an example that $what leaves the old evidence",
    async ({ source, says, hungAfterMs }) => {
      vi.stubEnv("RECORD_TIMEOUT_MS", hungAfterMs);
      write("examples/broken.ts", source);
      const { code, stderr } = await record("broken");
      expect(code).toBe(1);
      expect(stderr).toContain(`examples/broken.ts`);
      expect(stderr).toContain(says);
      expect(evidence()).toBe(OLD);
    },
  );

  test("a claim that falls leaves the old evidence", async () => {
    write("examples/broken.ts", 'performance.measure("a"); console.log("x");');
    write("tests/claims/broken.test.ts", testOf("exactly(2)"));
    const { code, stderr } = await record("broken");
    expect(code).toBe(1);
    expect(stderr).toContain("The claim broken/one falls.");
    expect(evidence()).toBe(OLD);
  });

  test("a claim that waits for what never comes is named, and the others do not wait for it", async () => {
    vi.stubEnv("CLAIM_TIMEOUT_MS", "500");
    write("examples/broken.ts", 'performance.measure("a"); console.log("x");');
    const endless = testOf("exactly(1)").replace(
      "subject: () => 1",
      "subject: () => new Promise(() => {})",
    );
    write("tests/claims/broken.test.ts", endless);
    const { code, stderr } = await record("broken");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "The subject of the claim one did not end within 0.5 s. It waits for what never comes: look at what it awaits in examples/broken.ts and tests/claims/broken.test.ts.",
    );
    expect(stderr).toContain(
      "two was not measured: The subject of the claim one did not end",
    );
    expect(evidence()).toBe(OLD);
  });

  test("writes evidence and trace, with spans of worker threads", async () => {
    write(
      "examples/broken.ts",
      `
import { isMainThread, Worker } from "node:worker_threads";
const start = performance.now();
// Not seen by the recorder: as if the system took the core away at the end.
const unseen = () => Performance.prototype.now.call(performance);
if (isMainThread) {
  new Worker(new URL(import.meta.url)).once("exit", () => {
    const end = unseen();
    while (unseen() < end + 2);
    performance.measure("main", { start, end });
    performance.mark("end");
    console.log("done");
  });
} else performance.measure("work", { start, detail: { devtools: { track: "worker 1" } } });
`,
    );
    write("tests/claims/broken.test.ts", testOf("exactly(1)"));
    const { code, stderr } = await record("broken", "--trace", "trace.json");
    expect([code, stderr]).toEqual([0, ""]);
    const parsed = parseEvidence(evidence(), "broken");
    expect(parsed.checksum).toBe(checksumOf(parsed));
    const { spans, points, output, claims } = parsed;
    expect(output).toEqual(["done"]);
    expect(
      spans.map(({ name, track, thread }) => ({ name, track, thread })),
    ).toEqual([
      { name: "main", track: undefined, thread: undefined },
      { name: "work", track: "worker 1", thread: 1 },
    ]);
    const [main, work] = spans;
    expect(main!.start).toBe(0);
    expect(work!.start).toBeGreaterThan(0);
    expect(main!.end).toBeGreaterThanOrEqual(work!.end);
    expect(main!.turns).toBeGreaterThan(0);
    expect(points).toMatchObject([{ name: "end" }]);
    expect(claims["one"]).toMatchObject({
      subject: Array(20).fill(1),
      controls: { none: { figures: Array(20).fill(0) } },
    });
    const trace = JSON.parse(readFileSync(join(project, "trace.json"), "utf8"));
    expect(trace.traceEvents.length).toBeGreaterThan(4);
    expect(readdirSync(join(project, "src/content/evidence"))).toEqual([
      "broken.json",
    ]);
    expect(existsSync(join(project, "trace.json"))).toBe(true);
  });
});

describe("npm run record, of a program in Python", () => {
  const program = "examples/broken.py";
  const file = "src/content/evidence/python/broken.json";
  const PYTHON = `"""It measures.

    python3 examples/broken.py
"""
import sys, threading

def work():
    sys.audit("measure", "work", 1, 1.5)

def main():
    work()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    print("done")

if __name__ == "__main__":
    main()
`;
  const claims = `
import { claim, exactly, observePython } from "#python";
const spans = async (expression) => (await observePython("broken", expression)).spans.length;
claim("one", { figure: "spans", unit: "", bound: exactly(1), subject: () => spans("work()"), controls: { none: { leavesOut: "the work", measure: () => spans("None") } } });
`;
  const isHere = !("missing" in findPython("tests/unit/python/measures.py"));

  beforeAll(() => {
    write("examples/broken.ts", "");
    write(program, PYTHON);
    write("tests/claims/python/broken.test.ts", claims);
  });
  afterAll(() => {
    rmSync(join(project, program));
    rmSync(join(project, file), { force: true });
    rmSync(join(project, "tests/claims/python"), { recursive: true });
  });

  test("says what it leaves out where there is no Python", async () => {
    vi.stubEnv("PYTHON", join(project, "no-python"));
    const { code, stdout } = await record("broken", "--in", "python");
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${program}: left out, since it needs Python 3.11 or newer.\n`,
    );
    expect(existsSync(join(project, file))).toBe(false);
  });

  test.runIf(isHere)("writes evidence of its own", async () => {
    const { code, stderr } = await record("broken", "--in", "python");
    expect([code, stderr]).toEqual([0, ""]);
    const text = readFileSync(join(project, file), "utf8");
    const parsed = parseEvidence(text, "broken", programOf("broken", "python"));
    expect(parsed.checksum).toBe(checksumOf(parsed));
    expect(parsed.recorded.runtime).toMatch(/^CPython 3\.\d+/);
    expect(parsed.output).toEqual(["done"]);
    expect(parsed.spans).toMatchObject([
      { name: "work", start: 0, end: 500 },
      { name: "work", thread: 1, start: 0, end: 500 },
    ]);
    expect(parsed.claims["one"]).toMatchObject({
      subject: Array(20).fill(1),
      controls: { none: { figures: Array(20).fill(0) } },
    });
  });

  test.runIf(isHere).each([
    {
      what: "raises",
      source: PYTHON.replace("    work()", "    work(1)"),
      says: /ended with status 1:[^]*TypeError: work\(\) takes 0/,
    },
    {
      what: "prints nothing",
      source: PYTHON.replace(/    main\(\)\n$/, "    work()\n"),
      says: /printed nothing: it ended before any print\. Either it has none, or nothing calls main\(\)/,
    },
    {
      what: "measures nothing",
      source: PYTHON.replace('"measure"', '"measured"'),
      says: /measured nothing: it ended before any sys\.audit\("measure", "name", start, end\)/,
    },
  ])("a program that $what is named", async ({ source, says }) => {
    write(program, source);
    const { code, stderr } = await record("broken", "--in", "python");
    write(program, PYTHON);
    expect(code).toBe(1);
    expect(stderr).toContain(program);
    expect(stderr).toMatch(says);
  });
});

describe("npm run trace", () => {
  const source =
    'performance.measure("job", { start: 0 }); console.log("done");';

  test("prints what the example prints, and its timeline in plain ASCII", async () => {
    write("examples/broken.ts", source);
    const { code, stdout, stderr } = await run("trace", "broken");
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("done");
    expect(lines[2]).toMatch(/^job #+$/);
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  });

  test("writes the trace on request", async () => {
    write("examples/broken.ts", source);
    const { code } = await run("trace", "broken", "--out", "run.json");
    expect(code).toBe(0);
    const file = join(project, "run.json");
    const { traceEvents } = JSON.parse(readFileSync(file, "utf8"));
    expect(traceEvents).toContainEqual(
      expect.objectContaining({ name: "job", ph: "X", ts: 0 }),
    );
  });

  test.each([
    [["brokn"], "There is no examples/brokn.ts. The examples are: broken."],
    [[], "Name one slug."],
    [["broken", "--uot", "x"], "--uot"],
  ])("refuses %j with a clear line", async (args, says) => {
    const { code, stderr } = await run("trace", ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain("    at ");
  });
});
