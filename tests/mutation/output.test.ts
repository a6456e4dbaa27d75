import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import { filesOf } from "../../src/book/files.ts";
import { whereItRuns } from "../../src/book/where-it-runs.ts";
import { peak } from "../../src/measure/shapes.ts";
import type { Run } from "../../src/measure/run-example.ts";
import { runExample } from "../../src/measure/run-example.ts";
import { GUARD } from "./fast-mutants.ts";
import type {
  RecordedPoint,
  RecordedRun,
  RecordedSpan,
} from "../../src/measure/spans.ts";

const run = promisify(execFile);
/** By how much no machine is faster than the one that recorded. */
const FASTER = 2.5;
/** By which Stryker tells a process which of the broken versions it is. */
const ACTIVE_MUTANT = "__STRYKER_ACTIVE_MUTANT__";

const { example, evidence } = filesOf(process.env["MUTATED_SLUG"]!);
// As its author wrote it: what is put in front says nothing of where it runs.
const source = readFileSync(example, "utf8").replace(GUARD, "");
const recorded = JSON.parse(readFileSync(evidence, "utf8")) as Evidence;
/**
 * A dead man's switch, for broken versions that never end. With load 20 on two
 * cores, cpu-bound once took more than 7 s instead of 0.2.
 */
const TIMEOUT_MS = 30_000 + 20 * Math.ceil(tookOf(recorded));
let ran: Run;
/** How long its process was there, in ms. */
let wall: number;

beforeAll(async () => {
  const start = performance.now();
  ran = await runExample(example, TIMEOUT_MS);
  wall = performance.now() - start;
}, 2 * TIMEOUT_MS);

/** What the program calls by name. Stryker's functions are in it, too. */
const OWN = new Set(
  [...source.matchAll(/function (?!stry)(\w+)/g)].map(([, name]) => name),
);
/** Of a stack, the program's own part: in what it calls it is stopped anywhere. */
const ownStack = (text: string) =>
  text.replace(/(?<=: ).+ < .+/, (stack) =>
    stack
      .split(" < ")
      .filter((name) => OWN.has(name))
      .join(" < "),
  );

/** Without figures, which differ by the run: a timer may even come early. */
const words = (text: string) =>
  ownStack(text)
    .replace(/(-0\.)?\d[\d,.]*/g, "#")
    .replace(/ +/g, " ")
    .trim();

/** How often a watchdog looks while it can varies, too. */
const lines = (output: readonly string[]) =>
  output.map(words).filter((line, n, all) => line !== all[n - 1]);

test("prints what its recorded run printed, but for figures", () => {
  expect(lines(ran.output.split("\n"))).toEqual(lines(recorded.output));
  expect(ran.errors).toBe("");
  expect(ran.exitCode).toBe(0);
});

/** What is counted, and no matter of time. */
const COUNTS =
  /\d+ (?:answered|calls|paid|refused|waiting)\b|\b(?:balance|invoice|refused) \d+(?: and \d+)*/g;

test("prints the counts of its recorded run", () => {
  expect(ran.output.match(COUNTS)).toEqual(
    recorded.output.join("\n").match(COUNTS),
  );
});

test("prints no time that is longer than it ran", () => {
  const tooLong =
    "What is printed took longer than all that is measured: measure it as a span too.";
  for (const ms of figuresIn(ran.output, /(\d[\d.]*) ms\b/g)) {
    // It may be rounded up.
    expect(ms, tooLong).toBeLessThanOrEqual(Math.ceil(tookOf(ran)));
  }
});

test("prints no time that is shorter than the spans of its name", () => {
  for (const [, name, ms] of ran.output.matchAll(/^([^:\n]+): (\d+) ms/gm)) {
    const spans = ran.spans.filter((span) => span.name === name);
    if (spans.length === 0 || peak(spans) > 1) continue;
    const sum = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    // It is rounded.
    expect(Number(ms), name).toBeGreaterThanOrEqual(sum - 0.5);
  }
});

test("prints no more turns of a timer than there is time for", () => {
  const [, every] = /^const TURN_MS = (\d+)/m.exec(source) ?? [];
  const lines = /: (\d+) ms, neighbour: (\d+) turns$/gm;
  for (const [text, ms, turns] of ran.output.matchAll(lines)) {
    // A timer may be 1 ms early.
    const most = 1 + (Number(ms) + 1) / (Number(every) - 1);
    expect(Number(turns), text).toBeLessThanOrEqual(most);
  }
});

test("prints no time that is far shorter than in its recorded run", () => {
  // Load takes some of its CPU time away from what spins.
  const times = /(\d[\d.]*) ms\b(?! of CPU)/g;
  expectNotFarBelow(
    figuresIn(ran.output, times),
    figuresIn(recorded.output.join("\n"), times),
  );
});

test("prints no share that is more than the whole", () => {
  for (const [text, part, whole] of ran.output.matchAll(/(\d+) of (\S+)/g)) {
    expect(Number(part), text).toBeLessThanOrEqual(Number(whole));
  }
});

test("prints rates that fit its recorded run, and the time it ran", () => {
  const rates = /(\d+) kB\/s/g;
  const before = figuresIn(recorded.output.join("\n"), rates);
  // Rate by time is what got done: each way took a tenth of it at the least.
  const least = tookOf(recorded) / tookOf(ran) / 10;
  figuresIn(ran.output, rates).forEach((rate, n) => {
    expect(rate).toBeGreaterThanOrEqual(before[n]! * least);
    expect(rate).toBeLessThanOrEqual(before[n]! * FASTER);
  });
});

test("measures no spans that are far shorter than in its recorded run", () => {
  const names = [...byName(recorded.spans).keys()];
  const sums = (spans: readonly RecordedSpan[]) =>
    names.map((name) => lengthOf(byName(spans).get(name) ?? []));
  expectNotFarBelow(sums(ran.spans), sums(recorded.spans));
});

test("measures as many spans of each name in each lane as its recorded run", () => {
  expect(count(ran.spans.map(nameOf))).toEqual(
    count(recorded.spans.map(nameOf)),
  );
});

test("has as many spans of each name at once as its recorded run", () => {
  for (const [name, spans] of byName(ran.spans)) {
    expect([name, peak(spans)]).toEqual([
      name,
      peak(byName(recorded.spans).get(name) ?? []),
    ]);
  }
});

test("marks points of the same names in the same lanes as its recorded run", () => {
  const names = (points: readonly RecordedPoint[]) =>
    Object.keys(count(points.map(nameOf)));
  expect(names(ran.points)).toEqual(names(recorded.points));
});

test("measures no span from before it began, or after it ended", () => {
  // Zero is where the clock of the process starts.
  for (const { name, start, end } of ran.spans) {
    expect(start, name).not.toBe(0);
    expect(end, name).toBeLessThan(wall);
  }
});

const DOES_WITHOUT = /globalThis\.(process|SharedArrayBuffer)|\} catch/;

test.runIf(DOES_WITHOUT.test(source)).each(["undefined", "{}", "process"])(
  "does the same as the unbroken program where process is %s",
  async (given) => {
    const mutant = process.env[ACTIVE_MUTANT];
    expect(await runBare(given, mutant)).toEqual(await runBare(given));
  },
);

/** Runs the program without threads, and without what a browser may lack. */
async function runBare(given: string, mutant = "") {
  const bare = `data:text/javascript,
    import { isMainThread } from "node:worker_threads";
    if (!isMainThread) throw new Error("No thread here");
    globalThis.__stryker__ = { activeMutant: "${mutant}" };
    if (${whereItRuns(source) !== "node"}) {
      delete globalThis.SharedArrayBuffer;
      globalThis.process = ${given};
    }`;
  const args = ["--import", bare, example];
  const options = { timeout: TIMEOUT_MS };
  const ended = run(process.execPath, args, options);
  const { code, stdout } = await ended.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  return { code, words: words(stdout) };
}

function figuresIn(output: string, figures: RegExp): number[] {
  return [...output.matchAll(figures)].map(([, figure]) => Number(figure));
}

/** From the first to the last that was measured, in ms. */
function tookOf({ spans, points }: RecordedRun): number {
  const starts = [...spans.map(({ start }) => start), ...points.map(at)];
  return Math.max(...spans.map(endOf), ...points.map(at)) - Math.min(...starts);
}

/** Load only lengthens times. */
function expectNotFarBelow(times: number[], before: number[]): void {
  before.forEach((time, n) => {
    if (time >= 15) expect(times[n]).toBeGreaterThanOrEqual(time / FASTER);
  });
}

function byName(spans: readonly RecordedSpan[]): Map<string, RecordedSpan[]> {
  return Map.groupBy(spans, ({ name }) => name);
}

/** Of all of them, and of what was measured in them many times. */
function lengthOf(spans: readonly RecordedSpan[]): number {
  const times = spans.flatMap(({ start, end, samples = [] }) => [
    end - start,
    ...samples,
  ]);
  return times.reduce((sum, time) => sum + time, 0);
}

function endOf(span: RecordedSpan): number {
  return span.end;
}

function at(point: RecordedPoint): number {
  return point.at;
}

function nameOf(entry: RecordedSpan | RecordedPoint): string {
  const { name, track = name } = entry;
  const samples = "samples" in entry ? (entry.samples?.length ?? 0) : 0;
  return `${track}/${name}/${samples}`;
}

function count(names: string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(names)]
      .sort()
      .map((name) => [name, names.filter((one) => one === name).length]),
  );
}
