/**
 * What a reader sees is what was measured: every figure on a built page is
 * worked out here anew from the evidence, with nothing of the site's own code.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  builtPages,
  expectListing,
  isNote,
  programFiles,
  shownEvidence,
} from "./pages.ts";

interface Claim {
  figure: string;
  unit: string;
  bound: { is: string; value: number };
  subject: number[];
  controls: Record<string, { leavesOut: string; figures: number[] }>;
}
interface Evidence {
  claims: Record<string, Claim>;
  inEveryOrder?: Record<string, unknown>;
  spans: {
    name: string;
    track?: string;
    start: number;
    end: number;
    cpu?: number;
    samples?: number[];
  }[];
  points: { name: string; track?: string; at: number }[];
}

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const pages = builtPages();
const notes = pages.filter(isNote).map((page) => {
  const slug = page.path.split("/")[2]!;
  const evidence = shownEvidence<Evidence>(slug);
  const words = read<Record<string, Record<string, string>>>(
    `src/content/ui/${page.language}.json`,
  );
  return { ...page, slug, evidence, words };
});

/** Three digits below 100, one below 0.1, whole above; 1,234 has its comma. */
function shown(value: number, unit: string): string {
  const size = Math.abs(value);
  const digits =
    size === 0 || size >= 100
      ? 0
      : (size < 0.1 ? 0 : 2) - Math.floor(Math.log10(size));
  const scale = 10 ** Math.max(0, digits);
  const rounded = Number((Math.round(value * scale) / scale).toFixed(9));
  const [whole, rest] = String(rounded).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped}${rest ? `.${rest}` : ""}${unit === "ms" ? " ms" : unit}`;
}

const sorted = (figures: readonly number[]) =>
  [...figures].sort((a, b) => a - b);
function middle(figures: readonly number[]): number {
  const all = sorted(figures);
  const half = all.length / 2;
  return half % 1 ? all[Math.floor(half)]! : (all[half - 1]! + all[half]!) / 2;
}

const put = (phrase: string, values: Record<string, string | number>) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    phrase,
  );
const text = (element: Element | null | undefined) =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();

test("figures are written as somebody would write them by hand", () => {
  expect(shown(0, "")).toBe("0");
  expect(shown(2.345, "×")).toBe("2.35×");
  expect(shown(1234.5, "ms")).toBe("1,235 ms");
  expect(shown(99.94, "%")).toBe("99.9%");
  expect(shown(-0.3041, "ms")).toBe("-0.304 ms");
  expect(shown(0.000428, "×")).toBe("0.0004×");
  expect(middle([3, 1, 2])).toBe(2);
  expect(middle([4, 1, 2, 3])).toBe(2.5);
});

describe.each(notes.map((note) => [note.path, note] as const))(
  "%s",
  (path, { document, slug, evidence, words }) => {
    const claims = Object.entries(evidence.claims);

    test("gives figure, bound, runs, spread and controls of each claim as measured", () => {
      for (const [id, { unit, bound, subject, controls }] of claims) {
        const proof = document.querySelector(`#claim-${id} + .proof`)!;
        expect(text(proof.querySelector("b")), id).toBe(
          shown(middle(subject), unit),
        );
        const [measured, ...others] = [...proof.querySelectorAll("span")]
          .filter((span) => span.parentElement === proof)
          .map(text);
        const all = sorted(subject);
        const [min, max] = [all[0]!, all.at(-1)!];
        const spread = put(
          min === max ? words["proof"]!["sameRuns"]! : words["proof"]!["runs"]!,
          { n: subject.length, min: shown(min, unit), max: shown(max, unit) },
        );
        expect(measured, id).toBe(
          `${words["proof"]!["bound"]} ${bound.is} ${shown(bound.value, unit)} · ${spread}`,
        );
        const medians = Object.values(controls).map(({ figures }) =>
          shown(middle(figures), unit),
        );
        expect(others, id).toHaveLength(medians.length);
        others.forEach((other, index) => {
          expect(other.endsWith(`: ${medians[index]}`), other).toBe(true);
        });
      }
    });

    test("gives every run on the evidence page: table, dots and the bound's line", () => {
      const page = pages.find((one) => one.path === `${path}evidence/`)!;
      expectTables(page.document, evidence.claims, words);
    });

    test("draws each span of the timeline from its start, as long as it was", () => {
      expectTimeline(document, slug, evidence);
    });
  },
);

const second = pages.filter(({ path }) =>
  /^\/(ko|en)\/[\w-]+\/(python|typescript)\/$/.test(path),
);

test("each second program has a page, in both languages, and no other has", () => {
  const expected = notes.flatMap(({ path, slug }) =>
    programFiles(slug)
      .slice(1)
      .map(({ language }) => `${path}${language}/`),
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(second.map(({ path }) => path)).toEqual(expected.toSorted());
});

describe.each(second.map((page) => [page.path, page] as const))(
  "%s",
  (path, { document }) => {
    const [, language, slug] = path.split("/") as [string, string, string];
    const program = programFiles(slug)[1]!;
    const evidence = read<Evidence & { output: string[] }>(program.evidence);
    const words = read<Record<string, Record<string, string>>>(
      `src/content/ui/${language}.json`,
    );

    test("shows the program's own text, its command and what it printed", () => {
      const code = document.querySelector(".example > details code")!;
      const source = readFileSync(program.example, "utf8");
      expectListing(code.textContent!, source, language);
      expect(document.querySelector(".cmd code")!.textContent).toBe(
        program.command,
      );
      const output = evidence.output.join("\n");
      expect(document.querySelector("samp")!.textContent).toBe(output);
    });

    test("gives every run of its claims, and draws each of its spans", () => {
      expectTables(document, evidence.claims, words);
      expectTimeline(document, slug, evidence);
    });

    test("is where the note leads to for what it proves too", () => {
      const note = notes.find((one) => `/${language}/${slug}/` === one.path)!;
      const main = read<Evidence>(programFiles(slug)[0]!.evidence).claims;
      for (const [id, { unit, subject }] of Object.entries(evidence.claims)) {
        if (!(id in main)) continue;
        const aside = note.document.querySelector(`#claim-${id} + .proof`)!;
        const link = aside.querySelector(`a[href$="${path}#${id}"]`)!;
        expect(text(link), id).toMatch(/^(Python|TypeScript): /);
        expect(text(link).split(": ")[1], id).toBe(
          shown(middle(subject), unit),
        );
      }
    });
  },
);

test.each(["ko", "en"])(
  "“%s” lists each control as one that fails",
  (language) => {
    const { document } = pages.find(
      ({ path }) => path === `/${language}/claims/`,
    )!;
    const rows = [...document.querySelectorAll(".all-claims small")].map(text);
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      expect(row).toMatch(/control “.+” \(fails\): |대조군 ‘.+’\(불통과\): /);
      expect(row).not.toContain("✗");
    }
  },
);

test.each(["ko", "en"])(
  "the first page in “%s” says how many claims were measured, how often, and how many run in every order",
  (language) => {
    const evidence = notes
      .filter((note) => note.language === language)
      .map(({ evidence }) => evidence);
    const measured = evidence.flatMap(({ claims }) => Object.values(claims));
    const explored = evidence.flatMap(({ inEveryOrder = {} }) =>
      Object.keys(inEveryOrder),
    ).length;
    const runs = new Set(measured.map(({ subject }) => subject.length));
    expect(runs.size, "as often as each other").toBe(1);
    const { document } = pages.find(({ path }) => path === `/${language}/`)!;
    const told = text(document.querySelector("dl + p")).match(/\d+/g)!;
    expect(told.slice(0, 4).map(Number)).toEqual([
      measured.length + explored,
      measured.length,
      ...runs,
      explored,
    ]);
  },
);

function expectTables(
  document: Document,
  claims: Evidence["claims"],
  words: Record<string, Record<string, string>>,
): void {
  for (const [id, { unit, bound, subject, controls }] of Object.entries(
    claims,
  )) {
    const section = document.getElementById(id)!;
    const rows = [
      subject,
      ...Object.values(controls).map(({ figures }) => figures),
    ];
    const cells = [...section.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map(text),
    );
    expect(cells, id).toEqual(
      rows.map((figures, index) => [
        String(figures.length),
        shown(Math.min(...figures), unit),
        shown(middle(figures), unit),
        shown(Math.max(...figures), unit),
        index === 0
          ? `✓ ${words["evidence"]!["holds"]}`
          : `✗ ${words["evidence"]!["fails"]}`,
      ]),
    );

    const svg = section.querySelector("svg.distribution")!;
    const all = [...rows.flat(), bound.value];
    const x = placeOn(Math.min(...all), Math.max(...all));
    expect(percent(svg.querySelector("line"), "x1"), id).toBeCloseTo(
      x(bound.value),
      1,
    );
    const dots = [...svg.querySelectorAll("circle")];
    expect(dots, id).toHaveLength(rows.flat().length);
    rows.flat().forEach((figure, index) => {
      expect(percent(dots[index], "cx"), id).toBeCloseTo(x(figure), 1);
    });
  }
}

const variants = read<Record<string, string[]>>("src/content/variants.json");

/** The run, with each variant's times from its own beginning on. */
function fromOwnZeros(slug: string, { spans, points }: Evidence) {
  const all = [
    ...spans.map(({ name, track, start, end }) => ({
      lane: track ?? name,
      start,
      end,
    })),
    ...points.map(({ name, track, at }) => ({
      lane: track ?? name,
      start: at,
      end: at,
    })),
  ];
  const zeros = (variants[slug] ?? [])
    .map((track) => all.filter(({ lane }) => lane === track))
    .filter((entries) => entries.length > 0)
    .map((entries) => Math.min(...entries.map(({ start }) => start)));
  // What is still open when a variant begins belongs to it.
  const begun = (start: number, end: number) =>
    zeros.filter((zero) => zero <= start || zero < end).length;
  const zeroOf = (start: number, end: number) => {
    const nth = begun(start, end);
    if (nth === 0) return 0;
    const own = all.filter((entry) => begun(entry.start, entry.end) === nth);
    return Math.min(...own.map((entry) => entry.start));
  };
  return {
    spans: spans.map(({ start, end }) => {
      const zero = zeroOf(start, end);
      return { start: start - zero, end: end - zero };
    }),
    points: points.map(({ at }) => ({ at: at - zeroOf(at, at) })),
  };
}

function expectTimeline(
  document: Document,
  slug: string,
  evidence: Evidence,
): void {
  const { spans, points } = evidence;
  const entries = [
    ...spans.map(({ start }) => start),
    ...points.map(({ at }) => at),
  ];
  expect(Math.min(...entries)).toBe(0);
  const svg = document.querySelector("svg.timeline")!;
  const labels = [...svg.querySelectorAll("text:not(.name)")];
  const until = Number.parseFloat(text(labels.at(-1)));
  const shown = fromOwnZeros(slug, evidence);
  const last = Math.max(
    ...shown.spans.map(({ end }) => end),
    ...shown.points.map(({ at }) => at),
  );
  expect(until).toBeGreaterThanOrEqual(Number(last.toFixed(6)));
  // And no longer than a tick more.
  expect(until - last).toBeLessThan(until / 2);
  // A bar has two rectangles where part of it is faint; the first counts.
  const drawn = [...svg.querySelectorAll("rect[width]")]
    .filter(
      (rect) => rect.previousElementSibling?.getAttribute("class") !== "rest",
    )
    .map((rect) => [percent(rect, "x"), percent(rect, "width")]);
  const expected = shown.spans.map(({ start, end }) => [
    (100 * start) / until,
    Math.max(0.3, (100 * (end - start)) / until),
  ]);
  expect(drawn).toHaveLength(expected.length);
  const byPlace = (a: number[], b: number[]) => a[0]! - b[0]! || a[1]! - b[1]!;
  drawn.sort(byPlace);
  expected.sort(byPlace);
  // Drawn in steps of 0.1 %, so neighbours may change places by one.
  const sum = (rows: number[][], of: number) =>
    rows.reduce((all, row) => all + row[of]!, 0);
  for (const of of [0, 1]) {
    expect(Math.abs(sum(drawn, of) - sum(expected, of))).toBeLessThanOrEqual(
      0.06 * expected.length,
    );
  }
  drawn.forEach(([at], index) => {
    expect(Math.abs(at! - expected[index]![0]!)).toBeLessThanOrEqual(0.06);
  });
}

/** Where a figure lies between two others, in percent, with room at the ends. */
function placeOn(min: number, max: number): (value: number) => number {
  const place = min > 0 && max / min > 50 ? Math.log : Number;
  const width = place(max) - place(min);
  return (value) =>
    2 + 96 * (width === 0 ? 0.5 : (place(value) - place(min)) / width);
}

function percent(element: Element | null | undefined, name: string): number {
  const value = element?.getAttribute(name) ?? "";
  expect(value).toMatch(/^[\d.]+%$/);
  return Number.parseFloat(value);
}

const drawingsOf = (slug: string) => notes.filter((note) => note.slug === slug);

test("latency: the percentiles, their lines and the columns are those of the samples", () => {
  for (const { document, evidence, language } of drawingsOf("latency")) {
    const figure = document.querySelector("figure.drawing")!;
    const { samples } = evidence.spans.find(
      ({ name }) => name === "mixed: all",
    )!;
    const all = sorted(samples!);
    // The nearest rank: the least figure that so many are no greater than.
    const rank = (share: number) =>
      all.find(
        (figure) =>
          all.filter((one) => one <= figure).length >= share * all.length,
      )!;
    const mean = all.reduce((a, b) => a + b) / all.length;
    const [p50, average, p99] = [rank(0.5), mean, rank(0.99)];
    const marks = [...figure.querySelectorAll("svg > line")];
    const texts = [...figure.querySelectorAll("svg > text")].map(text);
    const until = Number.parseFloat(texts.at(-1)!);
    expect(texts.slice(0, 3)).toEqual([
      `p50 ${Math.round(p50)} ms`,
      `${language === "ko" ? "평균" : "mean"} ${Math.round(average)} ms`,
      `p99 ${Math.round(p99)} ms`,
    ]);
    [p50, average, p99].forEach((at, index) => {
      expect(percent(marks[index], "x1")).toBeCloseTo((100 * at) / until, 1);
    });
    const columns = [...figure.querySelectorAll("rect")].map((rect) => {
      // Drawn rounded, which says which column it is and how many there are.
      const width = until / Math.round(100 / percent(rect, "width"));
      const column = Math.round((percent(rect, "x") / 100) * (until / width));
      const count = all.filter(
        (one) => Math.floor(one / width) === column,
      ).length;
      return { count, height: Number(rect.getAttribute("height")) };
    });
    const most = Math.max(...columns.map(({ count }) => count));
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    for (const { count, height } of columns) {
      const exact = Math.max(1, (72 * count) / most);
      expect(Math.abs(height - exact)).toBeLessThanOrEqual(0.5);
    }
  }
});

test("throughput: answers a second and the longest latency are those of the spans", () => {
  const tracks = ["one by one", "three callers", "eight callers"];
  for (const { document, evidence } of drawingsOf("throughput")) {
    const figure = document.querySelector("figure.drawing")!;
    const of = (track: string) =>
      evidence.spans.filter((span) => (span.track ?? span.name) === track);
    const loads = tracks.map((track) => {
      const calls = of(track);
      const waits = of(`${track}, waiting`);
      const begun = [...calls, ...waits].map(({ start }) => start);
      const seconds =
        (Math.max(...calls.map(({ end }) => end)) - Math.min(...begun)) / 1000;
      return calls.length / seconds;
    });
    const said = [...figure.querySelectorAll("tspan")].map((tspan) =>
      (text(tspan).match(/\d+/g) ?? []).map(Number),
    );
    expect(said.map(([perSecond]) => perSecond)).toEqual(
      loads.map((load) => Math.round(load)),
    );
    const bars = [...figure.querySelectorAll("rect.l0")];
    bars.forEach((bar, index) => {
      expect(percent(bar, "width")).toBeCloseTo(
        (100 * loads[index]!) / Math.max(...loads),
        0,
      );
    });
    const longest = said.map(([, ms]) => ms!);
    // No call took longer than from the first asking to the last answer.
    tracks.forEach((track, index) => {
      const calls = of(track);
      const waits = of(`${track}, waiting`);
      const least = Math.max(
        ...[...calls, ...waits].map(({ start, end }) => end - start),
      );
      expect(longest[index]).toBeGreaterThanOrEqual(Math.round(least));
    });
    const lower = [...figure.querySelectorAll("rect.l1")];
    lower.forEach((bar, index) => {
      const share = (100 * longest[index]!) / Math.max(...longest);
      expect(Math.abs(percent(bar, "width") - share)).toBeLessThan(1);
    });
  }
});
