import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { beforeAll, expect, test, vi } from "vitest";
import type { Evidence } from "../../src/book/evidence.ts";
import { filesOf } from "../../src/book/files.ts";
import { trackOf } from "../../src/measure/spans.ts";

const slug = process.env["MUTATED_SLUG"]!;
const { evidence: file } = filesOf(slug);
const recorded = JSON.parse(readFileSync(file, "utf8")) as Evidence;
const lines: string[] = [];
let begun = 0;
let measured: PerformanceEntry[] = [];

beforeAll(async () => {
  const { main } = (await import(`../../examples/${slug}.ts`)) as {
    main: () => void | Promise<void>;
  };
  vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    lines.push(values.map(String).join(" "));
  });
  begun = performance.now();
  await main();
  vi.restoreAllMocks();
  measured = performance
    .getEntriesByType("measure")
    .filter(({ startTime, duration }) => startTime + duration >= begun);
});

/** Without figures, which differ by the run. */
const words = (text: string) =>
  text
    .replace(/\d[\d,.]*/g, "#")
    .replace(/ +/g, " ")
    .trim();

test("prints what its recorded run printed, but for figures", () => {
  const printed = lines.join("\n").split("\n").map(words);
  expect(printed).toEqual(recorded.output.map(words));
});

test("measures as many spans of each name in each lane as its recorded run", () => {
  const count = (names: string[]) =>
    Object.fromEntries(
      [...new Set(names)]
        .sort()
        .map((name) => [name, names.filter((one) => one === name).length]),
    );
  const own = recorded.spans.filter(({ thread }) => thread === undefined);
  expect(
    count(
      measured.map(
        (span) => `${trackOf(span as PerformanceMeasure)}/${span.name}`,
      ),
    ),
  ).toEqual(count(own.map(({ name, track = name }) => `${track}/${name}`)));
});

test("measures no span from before it began", () => {
  for (const { name, startTime } of measured) {
    expect(startTime, name).toBeGreaterThanOrEqual(begun);
  }
});
