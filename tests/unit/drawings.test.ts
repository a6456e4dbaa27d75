import { describe, expect, test } from "vitest";
import { columnsOf, histogramSvg } from "../../src/draw/histogram.ts";
import { distributionSvg } from "../../src/draw/distribution.ts";
import { mapSvg } from "../../src/draw/map-svg.ts";
import { orderSvg } from "../../src/draw/order-svg.ts";
import { throughputsSvg } from "../../src/draw/throughputs-svg.ts";
import { loadOf } from "../../src/measure/throughput.ts";

test("columns are equally wide, begin at 0, and count every figure", () => {
  const columns = columnsOf([13, 14, 15, 100, 151]);
  expect(columns[0]).toEqual({ from: 0, to: 10, count: 0 });
  expect(columns[1]).toEqual({ from: 10, to: 20, count: 3 });
  expect(columns.at(-1)).toEqual({ from: 150, to: 160, count: 1 });
  expect(columns.length).toBeLessThanOrEqual(20);
  expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(5);
});

test("a figure on the edge of two columns is counted once", () => {
  const columns = columnsOf([10, 20, 200]);
  expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(columns[1]).toMatchObject({ from: 10, count: 1 });
});

test("figures that are all 0 have one column", () => {
  expect(columnsOf([0, 0, 0])).toEqual([{ from: 0, to: 1, count: 3 }]);
});

test("columns from a few µs to seconds stay few", () => {
  for (const last of [0.004, 0.9, 7, 19.99, 20, 201, 9999]) {
    const columns = columnsOf([last / 3, last]);
    expect(columns.length).toBeLessThanOrEqual(21);
    expect(columns.at(-1)!.count).toBe(1);
  }
});

test("a histogram draws what came, as high as it came often, and its marks", () => {
  const columns = columnsOf([11, 12, 13, 14, 151]);
  const svg = histogramSvg(columns, [{ text: "p99 <", at: 151 }], "words");
  const heights = [...svg.matchAll(/<rect[^>]* height="(\d+)"/g)];
  expect(heights.map(([, height]) => Number(height))).toEqual([72, 18]);
  expect(svg).toContain("p99 &lt;");
  expect(svg).toContain('aria-label="words"');
});

const span = (name: string, start: number, end: number) => ({
  name,
  start,
  end,
});

test("throughput counts from the first call to the last answer", () => {
  const spans = [
    span("two callers", 0, 100),
    span("two callers", 50, 200),
    span("else", 0, 1000),
  ];
  expect(loadOf(spans, "two callers")).toEqual({ perSecond: 10, longest: 150 });
});

test("a call that waited took its wait and its service", () => {
  const spans = [
    span("x", 0, 25),
    span("x, waiting", 10, 25.3),
    span("x, waiting", 0.1, 25.2),
    span("x", 25.2, 60),
    span("x", 25.3, 51),
  ];
  const { perSecond, longest } = loadOf(spans, "x");
  expect(perSecond).toBeCloseTo(3000 / 60, 5);
  expect(longest).toBeCloseTo(60 - 0.1, 5);
});

test("throughput is the same whenever it begins", () => {
  const spans = [span("x", 100, 150), span("x", 150, 200)];
  expect(loadOf(spans, "x")).toEqual({ perSecond: 20, longest: 50 });
});

test("throughputs are bars, the longest of each kind as wide as the page", () => {
  const loads = [
    { name: "one <", perSecond: 10, longest: 100, said: "10 & 100" },
    { name: "two", perSecond: 40, longest: 150, said: "40 & 150" },
  ];
  expect(throughputsSvg(loads, "a & b")).toBe(
    '<svg width="100%" height="92" role="img" aria-label="a &amp; b">' +
      '<text class="name" y="12">one &lt;<tspan dx="8">10 &amp; 100</tspan></text><rect class="l0" y="18" width="25.0%" height="10" rx="2"/><rect class="l1" y="30" width="66.7%" height="10" rx="2"/>' +
      '<text class="name" y="58">two<tspan dx="8">40 &amp; 150</tspan></text><rect class="l0" y="64" width="100.0%" height="10" rx="2"/><rect class="l1" y="76" width="100.0%" height="10" rx="2"/></svg>',
  );
});

test("a track without spans is refused", () => {
  expect(() => loadOf([], "x")).toThrow("No span is of “x”.");
});

test("a distribution draws a band where other runs were, and finds room for it", () => {
  const row = { label: "subject", figures: [10, 20], isSubject: true };
  const band = (spread?: [number, number]) => {
    const svg = distributionSvg([{ ...row, spread }], 10, String, "words");
    const ends = /class="spread" x1="([\d.]+)%" x2="([\d.]+)%"/.exec(svg);
    return ends?.slice(1).map(Number);
  };
  expect(band()).toBeUndefined();
  // A margin of 2 % on both sides.
  expect(band([10, 20])).toEqual([2, 98]);
  expect(band([15, 15])).toEqual([50, 50]);
  expect(band([20, 30])).toEqual([50, 98]);
});

describe("a distribution, stroke by stroke", () => {
  const subject = { label: "a < b", figures: [10, 20, 10], isSubject: true };
  const control = { label: "control", figures: [60], isSubject: false };
  const svg = distributionSvg(
    [subject, { ...control, spread: [40, 60] }],
    50,
    (figure) => `${figure} &`,
    "words",
  );
  // 10 to 60 on 96 % of the width, after a margin of 2 %.
  const at = (figure: number) =>
    `${Number((2 + (96 * (figure - 10)) / 50).toFixed(2))}%`;

  test("has a line at the bound, from the top to the axis", () => {
    expect(svg).toMatch(
      `<svg class="distribution" width="100%" height="110" role="img" aria-label="words"><line x1="${at(50)}" x2="${at(50)}" y2="92"/>`,
    );
  });

  test("has a row for each, with a dot for each run, alike ones apart", () => {
    expect(svg).toContain(
      `<text class="name" y="14">a &lt; b</text><g class="subject"><circle cx="2%" cy="29.7" r="4"/><circle cx="${at(20)}" cy="30" r="4"/><circle cx="2%" cy="30.3" r="4"/></g>`,
    );
    expect(svg).toContain(
      `<text class="name" y="60">control</text><g class="control"><line class="spread" x1="${at(40)}" x2="98%" y1="76" y2="76"/><circle cx="98%" cy="76" r="4"/></g>`,
    );
  });

  test("names the ends of its axis, which subject, control and bound share", () => {
    expect(svg).toMatch(
      /<text x="2%" y="107">10 &amp;<\/text><text x="98%" y="107" text-anchor="end">60 &amp;<\/text><\/svg>$/,
    );
  });

  test("is a row after the other, and then its axis", () => {
    expect(svg).toMatch(
      /y2="92"\/><text class="name" y="14">.*<\/g><text class="name" y="60">.*<\/g><text x="2%" y="107">/,
    );
  });

  test("names one end where all figures are the same, in the middle", () => {
    const row = { label: "", figures: [5], isSubject: true };
    const alike = distributionSvg([row], 5, String, "");
    expect(alike.match(/<text x/g)).toHaveLength(1);
    expect(alike).toContain('<circle cx="50%" cy="30" r="4"/>');
  });

  const places = (...figures: number[]) => {
    const row = { label: "", figures, isSubject: true };
    const drawn = distributionSvg([row], figures[0]!, String, "");
    return [...drawn.matchAll(/cx="([\d.]+)%"/g)].map(([, cx]) => Number(cx));
  };

  test("has a logarithmic axis beyond a ratio of 50, and none with a 0", () => {
    expect(places(1, 10, 100)).toEqual([2, 50, 98]);
    expect(places(1, 26, 50)[1]).toBeCloseTo(2 + (96 * 25) / 49, 1);
    expect(places(0, 50, 100)).toEqual([2, 50, 98]);
    expect(places(-1, 0, 1)).toEqual([2, 50, 98]);
  });
});

describe("a histogram, stroke by stroke", () => {
  const columns = [
    { from: 0, to: 10, count: 1 },
    { from: 10, to: 20, count: 0 },
    { from: 20, to: 30, count: 200 },
    { from: 30, to: 40, count: 50 },
  ];
  const marks = [
    { text: "p50", at: 20 },
    { text: "p99", at: 35 },
  ];
  const svg = histogramSvg(columns, marks, "a < b");

  test("has a column for each that has figures, at its place", () => {
    expect(svg).toContain(
      '<svg class="distribution" width="100%" height="120" role="img" aria-label="a &lt; b"><g class="l0"><rect x="0%" y="101" width="25%" height="1"/><rect x="50%" y="30" width="25%" height="72"/><rect x="75%" y="84" width="25%" height="18"/></g>',
    );
  });

  test("has a line for each mark, its text where there is room", () => {
    expect(svg).toContain(
      '<line x1="50%" x2="50%" y1="2" y2="102"/><text x="50%" y="11" dx="4">p50</text><line x1="87.5%" x2="87.5%" y1="17" y2="102"/><text x="87.5%" y="26" dx="-4" text-anchor="end">p99</text>',
    );
  });

  test("names the ends of its axis", () => {
    expect(svg).toMatch(
      /<text y="116">0<\/text><text x="100%" y="116" text-anchor="end">40 ms<\/text><\/svg>$/,
    );
  });
});

test.each([
  [20, 1, 21],
  [20.5, 2, 11],
  [41, 5, 9],
  [101, 10, 11],
  [0.02, 0.001, 21],
])("figures up to %d lie in columns of %d", (last, width, count) => {
  const columns = columnsOf([last]);
  expect(columns[0]!.to).toBe(width);
  expect(columns).toHaveLength(count);
});

test("an order has a lane for each task, and a bar for each step", () => {
  const step = (who: number) => ({ who, kind: "write" });
  const svg = orderSvg([step(2), step(1), step(2), step(2)], {
    who: ({ who }) => `task <${who}>`,
    label: "a & b",
  });
  expect(svg).toBe(
    '<svg class="order" width="100%" height="68" role="img" aria-label="a &amp; b">' +
      '<text class="name" y="12">task &lt;1></text><g class="l0"><rect x="25%" y="16" width="23.5%" height="14" rx="2"/></g>' +
      '<text class="name" y="46">task &lt;2></text><g class="l1"><rect x="0%" y="50" width="23.5%" height="14" rx="2"/><rect x="50%" y="50" width="23.5%" height="14" rx="2"/><rect x="75%" y="50" width="23.5%" height="14" rx="2"/></g></svg>',
  );
});

test("the sixth lane of an order has the first colour again", () => {
  const steps = [1, 2, 3, 4, 5, 6].map((who) => ({ who, kind: "write" }));
  const svg = orderSvg(steps, { who: () => "", label: "" });
  const colours = [...svg.matchAll(/class="l(\d)"/g)].map(([, n]) => n);
  expect(colours.join("")).toBe("012340");
});

describe("the map", () => {
  const note = (slug: string, needs: string[], links: string[] = []) => ({
    slug,
    title: `${slug} <`,
    url: `/${slug}/?a&b`,
    needs,
    links,
  });
  const svg = mapSvg(
    [
      { heading: "One", notes: [note("a", []), note("b", ["a", "none"])] },
      { heading: "Two", notes: [note("c", ["b"], ["a"]), note("d", [])] },
      { heading: "Three &", notes: [note("e", [], ["d"])] },
    ],
    "map <",
  );

  test("has a line from each note to those that need it", () => {
    // From a down to b on the left of both, and from b's right edge up to c.
    expect(svg).toContain(
      '<svg class="map" width="630" height="166" role="group" aria-label="map &lt;"><path d="M34,51C0,51 0,117 34,117"/><path d="M184,117C218,117 210,51 244,51"/><text',
    );
  });

  test("has in each box all lines that end at it, along links too", () => {
    const linesIn = (slug: string) => {
      const [box] = new RegExp(`<a href="/${slug}/.*?</a>`).exec(svg)!;
      return [...box.matchAll(/<path d="([^"]*)"/g)].map(([, d]) => d);
    };
    const [aToB, bToC] = [
      "M34,51C0,51 0,117 34,117",
      "M184,117C218,117 210,51 244,51",
    ];
    const [aToC, dToE] = [
      "M184,51C218,51 210,51 244,51",
      "M394,117C428,117 420,51 454,51",
    ];
    expect(linesIn("a")).toEqual([aToB, aToC]);
    expect(linesIn("b")).toEqual([aToB, bToC]);
    expect(linesIn("c")).toEqual([bToC, aToC]);
    expect(linesIn("e")).toEqual([dToE]);
  });

  test("has a box for each note in the column of its part", () => {
    expect(svg).toContain(
      '<text class="name" x="454" y="16">Three &amp;</text>',
    );
    expect(svg).toContain(
      '<a href="/d/?a&amp;b"><rect x="244" y="100" width="150" height="34" rx="6"/><rect class="l1" x="244" y="100" width="4" height="34" rx="2"/><text id="on-map-d" x="257" y="121">d &lt;</text><path d="M394,117C428,117 420,51 454,51"/></a>',
    );
  });

  test("is its lines, its parts, and then its notes", () => {
    expect(svg).toMatch(
      /"\/><text class="name" x="34" y="16">One<\/text><text class="name" x="244" y="16">Two<\/text><text class="name" x="454" y="16">Three &amp;<\/text><a href="\/a\/\?a&amp;b">.*<\/a><a href="\/b\/\?a&amp;b">/,
    );
  });

  test("leads backwards from the left edge to the right one", () => {
    const back = mapSvg(
      [
        { heading: "", notes: [note("a", ["b"])] },
        { heading: "", notes: [note("b", [])] },
      ],
      "",
    );
    expect(back).toContain('<path d="M244,51C210,51 218,51 184,51"/>');
  });
});
