import { expect, test } from "vitest";
import { timesInText } from "../../src/book/times.ts";

test.each([
  ["It takes 200 ms.", "200 ms", 200],
  ["It takes 0.2 s.", "0.2 s", 200],
  ["It takes 200,000 µs.", "200,000 µs", 200],
  ["It takes two or 3 seconds.", "3 seconds", 3000],
  ["A 10-minute job.", "10-minute", 600_000],
  ["In 24 h.", "24 h", 86_400_000],
  ["3초가 걸린다.", "3초", 3000],
  ["200ms를 쉰다.", "200ms", 200],
  ["5분은 길다.", "5분", 300_000],
  ["1시간 동안 돈다.", "1시간", 3_600_000],
])("“%s” has the time “%s”", (text, written, ms) => {
  const [found, ...others] = timesInText(text);
  expect(found).toMatchObject({ text: written, index: text.indexOf(written) });
  expect(found!.ms).toBeCloseTo(ms, 6);
  expect(others).toEqual([]);
});

test.each([
  "3 secondary things",
  "5분의 2다.",
  "3초침이다.",
  "4 h2 headings",
  "200",
])("“%s” has no time", (text) => expect(timesInText(text)).toEqual([]));
