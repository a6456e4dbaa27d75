import { describe, expect, test } from "vitest";
import { layoutTimeline } from "../../src/draw/timeline-layout.ts";
import { timelineSvg } from "../../src/draw/timeline-svg.ts";

const words = {
  name: (name: string) => name,
  times: (count: number) => `${count} times`,
  label: 'Timeline of "a" & b',
};

describe("layoutTimeline", () => {
  test("makes a lane of each track, in order of appearance", () => {
    const { lanes } = layoutTimeline({
      spans: [
        { name: "late", start: 5, end: 6 },
        { name: "job", track: "worker 1", start: 1, end: 2 },
        { name: "job", track: "worker 2", start: 2, end: 3 },
      ],
      points: [{ name: "tick", at: 0 }],
    });
    const tracks = lanes.map(({ track }) => track);
    expect(tracks).toEqual(["tick", "worker 1", "worker 2", "late"]);
  });

  test("puts spans of one lane that overlap into rows, and reuses a row", () => {
    const [lane] = layoutTimeline({
      spans: [
        { name: "job", start: 0, end: 10 },
        { name: "job", start: 1, end: 4 },
        { name: "job", start: 4, end: 8 },
      ],
      points: [],
    }).lanes;
    expect(lane?.bars.map(({ row }) => row)).toEqual([0, 1, 1]);
    expect(lane?.rows).toBe(2);
  });

  test("keeps the CPU time only of spans that were open alone", () => {
    const { lanes } = layoutTimeline({
      spans: [
        { name: "a", start: 0, end: 2, cpu: 1 },
        { name: "b", start: 1, end: 3, cpu: 1 },
        { name: "c", start: 3, end: 4, cpu: 1 },
      ],
      points: [],
    });
    const cpu = lanes.flatMap(({ bars }) => bars.map((bar) => bar.cpu));
    expect(cpu).toEqual([undefined, undefined, 1]);
  });

  test.each([
    [703.6, 0, [0, 200, 400, 600, 800]],
    [100, 0, [0, 20, 40, 60, 80, 100]],
    [0.31, 0, [0, 0.1, 0.2, 0.3, 0.4]],
    [40, 100, [0, 20, 40, 60, 80, 100]],
  ])("ends the axis of %d ms (at least %d) at a tick", (end, until, ticks) => {
    const spans = [{ name: "a", start: 0, end }];
    const layout = layoutTimeline({ spans, points: [] }, until);
    expect(layout.ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
    expect(layout.until).toBeCloseTo(ticks.at(-1)!);
  });
});

describe("timelineSvg", () => {
  const layout = layoutTimeline({
    spans: [
      { name: "a<b", start: 0, end: 50, cpu: 10 },
      { name: "short", start: 50, end: 50.001 },
    ],
    points: [{ name: "tick", at: 100 }],
  });
  const svg = timelineSvg(layout, words);

  test("places by percentages of the axis", () => {
    expect(svg).toContain('<rect x="0%" y="18" width="50%"');
    expect(svg).toMatch(/<rect x="100%" y="\d+" width="2"/);
  });
  test("draws the CPU time of a span solid, and its rest faint", () => {
    expect(svg).toContain('class="rest"');
    expect(svg).toContain('width="10%"');
  });
  test("shows even a span of 1 µs", () => {
    expect(svg).toMatch(/<rect x="50%" y="\d+" width="0.3%"/);
  });
  test("escapes names and label", () => {
    expect(svg).toContain("a&lt;b");
    expect(svg).toContain('aria-label="Timeline of &quot;a&quot; &amp; b"');
  });
  test("has no style attribute, which the site's policy refuses", () => {
    expect(svg).not.toContain("style=");
  });
});
