import { describe, expect, test } from "vitest";
import { layoutTimeline } from "../../src/draw/timeline-layout.ts";
import {
  barsHeight,
  laneFigure,
  timelineSvg,
} from "../../src/draw/timeline-svg.ts";

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
    const layout = layoutTimeline({ spans, points: [] }, { until });
    expect(layout.ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
    expect(layout.until).toBeCloseTo(ticks.at(-1)!);
  });
});

describe("variants of a run", () => {
  const run = {
    spans: [
      { name: "job", track: "in turn", start: 0, end: 30 },
      { name: "job", track: "in turn", start: 30, end: 60 },
      // The client's clock is a little ahead of the server's.
      { name: "ping", start: 69, end: 90 },
      { name: "job", track: "at once", start: 70, end: 100, cpu: 5 },
    ],
    points: [
      { name: "tick", at: 10 },
      { name: "tick", at: 65 },
      { name: "tick", at: 80 },
    ],
  };

  test("begin at their own zero, each with lanes of its own", () => {
    const { lanes, until } = layoutTimeline(run, { variants: ["at once"] });
    const told = lanes.map(({ track, variant, bars, moments }) => [
      `${variant}: ${track}`,
      ...bars.map(({ start, end }) => `${start}–${end}`),
      ...moments,
    ]);
    expect(told).toEqual([
      ["0: in turn", "0–30", "30–60"],
      // What comes between two variants belongs to the first.
      ["0: tick", 10, 65],
      ["1: ping", "0–21"],
      ["1: at once", "1–31"],
      ["1: tick", 11],
    ]);
    expect(until).toBe(80);
  });

  test("know the CPU time of what was open alone in the whole run", () => {
    const alone = { ...run, spans: run.spans.slice(3) };
    const cpu = (data: typeof run) =>
      layoutTimeline(data, { variants: ["at once"] }).lanes.find(
        ({ track }) => track === "at once",
      )!.bars[0]!.cpu;
    expect(cpu(alone)).toBe(5);
    expect(cpu(run)).toBeUndefined();
  });

  test("a track keeps its colour, and tracks that a run lacks begin nothing", () => {
    const { lanes } = layoutTimeline(run, { variants: ["none", "at once"] });
    const colours = lanes.map(({ track, colour }) => `${track} ${colour}`);
    expect(colours).toEqual([
      "in turn 0",
      "tick 1",
      "ping 2",
      "at once 3",
      "tick 1",
    ]);
    expect(layoutTimeline(run, { variants: ["none"] }).lanes).toEqual(
      layoutTimeline(run).lanes,
    );
  });

  test("the first may be named, too", () => {
    const variants = ["in turn", "at once"];
    expect(layoutTimeline(run, { variants }).until).toBe(80);
  });

  test("stand apart in the drawing, each in a group", () => {
    const layout = layoutTimeline(run, { variants: ["at once"] });
    const groups = timelineSvg(layout, words).split("<g>").slice(1);
    const tops = groups.map((group) =>
      [...group.matchAll(/ y="(\d+)"><text/g)].map(([, y]) => Number(y)),
    );
    expect(tops).toEqual([
      [18, 59],
      // 41 as from lane to lane, and the gap.
      [116, 157, 198],
    ]);
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
    expect(svg).toContain('<rect x="0%" width="50%"');
    expect(svg).toMatch(/<rect x="100%"\/>/);
  });
  test("draws the CPU time of a span solid, and its rest faint", () => {
    expect(svg).toContain('class="rest"');
    expect(svg).toContain('width="10%"');
  });
  test("shows even a span of 1 µs", () => {
    expect(svg).toMatch(/<rect x="50%" width="0.3%"/);
  });
  test("escapes names and label", () => {
    expect(svg).toContain("a&lt;b");
    expect(svg).toContain('aria-label="Timeline of &quot;a&quot; &amp; b"');
  });
  test("has no style attribute, which the site's policy refuses", () => {
    expect(svg).not.toContain("style=");
  });
});

describe("a timeline, stroke by stroke", () => {
  const svg = timelineSvg(
    layoutTimeline({
      spans: [
        { name: "a", start: 0, end: 60, cpu: 15 },
        { name: "b", start: 60, end: 80, cpu: 20 },
        { name: "c", start: 80, end: 100 },
        { name: "c", start: 85, end: 90 },
      ],
      points: [
        { name: "tick", at: 20 },
        { name: "tick", at: 40 },
      ],
    }),
    { ...words, name: (name: string) => `<${name}>` },
  );
  const strokes = svg.split(/(?=<(?!\/))/);

  test("has a line at each tick, as high as the lanes, and its number", () => {
    const tick = (at: number, text: string) => [
      `<svg x="${at}%">`,
      '<line y2="179"/>',
      `<text y="193"${text}</text></svg>`,
    ];
    expect(strokes.slice(0, 20)).toEqual([
      '<svg class="timeline" width="100%" height="197" role="group" aria-label="Timeline of &quot;a&quot; &amp; b">',
      '<g aria-hidden="true">',
      ...tick(0, ">0"),
      ...tick(20, ' text-anchor="middle">20'),
      ...tick(40, ' text-anchor="middle">40'),
      ...tick(60, ' text-anchor="middle">60'),
      ...tick(80, ' text-anchor="middle">80'),
      ...tick(100, ' text-anchor="end">100 ms').map((stroke) =>
        stroke.replace(/<\/svg>$/, "</svg></g>"),
      ),
    ]);
  });

  test("has a lane after the other: name, figure, bars and moments", () => {
    const lane = (colour: number, y: number, name: string, figure: string) => [
      `<svg class="l${colour}" y="${y}">`,
      `<text class="name" y="-6">&lt;${name}>`,
      `<tspan dx="8">${figure}</tspan></text>`,
    ];
    expect(strokes.slice(20)).toEqual([
      "<g>",
      // The CPU time is the solid part.
      ...lane(0, 18, "a", "60 ms · CPU 15 ms"),
      '<rect x="0%" width="60%" class="rest"/>',
      '<rect x="0%" width="15%"/></svg>',
      ...lane(1, 59, "tick", "2 times"),
      '<rect x="20%"/>',
      '<rect x="40%"/></svg>',
      // Nothing is faint where the CPU was never free.
      ...lane(2, 100, "b", "20 ms · CPU 20 ms"),
      '<rect x="60%" width="20%"/></svg>',
      // What overlaps has a row of its own.
      ...lane(3, 141, "c", "2 times · 20 ms"),
      '<rect x="80%" width="20%" class="open"/>',
      '<rect x="85%" y="15" width="5%" class="open"/></svg></g></svg>',
    ]);
  });

  test("the sixth lane has the first colour again", () => {
    const spans = [1, 2, 3, 4, 5, 6].map((n) => ({
      name: `${n}`,
      start: n,
      end: n + 1,
    }));
    const colours = timelineSvg(layoutTimeline({ spans, points: [] }), words);
    expect(
      [...colours.matchAll(/class="l(\d)"/g)].map(([, n]) => n).join(""),
    ).toBe("012340");
  });

  test("a length has a digit behind the point below 10 ms", () => {
    const lane = (length: number) =>
      layoutTimeline({
        spans: [{ name: "a", start: 100, end: 100 + length }],
        points: [],
      }).lanes[0]!;
    expect(laneFigure(lane(9.94), words.times)).toBe("9.9 ms");
    expect(laneFigure(lane(10), words.times)).toBe("10 ms");
    expect(laneFigure(lane(12.6), words.times)).toBe("13 ms");
  });

  test("a lane is as high as its rows", () => {
    const lane = { track: "", variant: 0, colour: 0, bars: [], moments: [] };
    expect(barsHeight({ ...lane, rows: 1 })).toBe(12);
    expect(barsHeight({ ...lane, rows: 3 })).toBe(42);
  });

  test("spans a step of a browser's clock apart share a row", () => {
    const rows = (start: number) =>
      layoutTimeline({
        spans: [
          { name: "a", start: 0, end: 10 },
          { name: "a", start, end: 20 },
        ],
        points: [],
      }).lanes[0]!.rows;
    expect(rows(9.9)).toBe(1);
    expect(rows(9.88)).toBe(2);
  });
});
