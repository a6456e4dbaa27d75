/**
 * The recorded run as a reader sees it, in the drawing and in the table: each
 * span and moment is placed here anew from the evidence, with nothing of the
 * site's own code.
 */
import { describe, expect, test } from "vitest";
import type { Evidence, ShownPage, Span } from "./evidence-pages.ts";
import {
  notes,
  pageAt,
  percent,
  put,
  read,
  secondPages,
  text,
} from "./evidence-pages.ts";

interface Bar extends Pick<Span, "name" | "start" | "end"> {
  /** Where no other span was open: else nobody knows whose it was. */
  cpu: number | undefined;
}

interface Lane {
  track: string;
  variant: number;
  bars: Bar[];
  moments: number[];
}

const variants = read<Record<string, string[]>>("src/content/variants.json");

/**
 * The lanes of a run: in each variant, which has its times from its own
 * beginning on, one for each track, in the order of their first entries.
 */
function lanesOf(slug: string, { spans, points }: Evidence): Lane[] {
  const entries = [
    ...spans.map((span) => ({ ...span, span })),
    ...points.map((point) => ({
      ...point,
      start: point.at,
      end: point.at,
      span: undefined,
    })),
  ]
    .map((entry) => ({ ...entry, track: entry.track ?? entry.name }))
    .sort((a, b) => a.start - b.start);
  const begins = (variants[slug] ?? []).flatMap(
    (track) => entries.find((entry) => entry.track === track)?.start ?? [],
  );
  // What is still open when a variant begins belongs to it.
  const variantOf = ({ start, end }: { start: number; end: number }) =>
    begins.filter((begin) => begin <= start || begin < end).length;
  const parts = [...Map.groupBy(entries, variantOf)].sort(([a], [b]) => a - b);
  return parts.flatMap(([variant, part]) => {
    const zero = part[0]!.start;
    const tracks = [...Map.groupBy(part, ({ track }) => track)];
    return tracks.map(([track, own]) => ({
      track,
      variant,
      bars: own.flatMap(({ name, start, end, span }) =>
        span
          ? [
              {
                name,
                start: start - zero,
                end: end - zero,
                cpu: isAlone(span, spans) ? span.cpu : undefined,
              },
            ]
          : [],
      ),
      moments: own.flatMap(({ start, span }) => (span ? [] : [start - zero])),
    }));
  });
}

/** Whether no other span is open while this one is. */
const isAlone = (span: Span, spans: readonly Span[]) =>
  !spans.some(
    (other) =>
      other !== span && other.start < span.end && span.start < other.end,
  );

/** A rectangle of the drawing: a moment has no width. */
type Rectangle = [look: string, x: number, width: number | undefined];

/** A bar is faint where the CPU was free; both parts begin where it does. */
function rectanglesOf({ bars, moments }: Lane, until: number): Rectangle[] {
  const x = (ms: number) => (100 * ms) / until;
  const ofBars = bars.flatMap(({ start, end, cpu }): Rectangle[] => {
    const rectangle = (look: string, length: number): Rectangle => [
      look,
      x(start),
      Math.max(0.3, x(length)),
    ];
    if (cpu === undefined) return [rectangle("open", end - start)];
    const busy = rectangle("", Math.min(cpu, end - start));
    return cpu < end - start ? [rectangle("rest", end - start), busy] : [busy];
  });
  return [...ofBars, ...moments.map((at): Rectangle => ["", x(at), undefined])];
}

/** Drawn in steps of 0.1 %. */
const expectPlace = (drawn: number, exact: number, what: string) =>
  expect(Math.abs(drawn - exact), what).toBeLessThan(0.0501);

const childrenOf = (element: Element, name: string) =>
  [...element.children].filter((child) => child.localName === name);

/** What stands beside a lane's name. */
function figureOf({ bars, moments }: Lane, times: (n: number) => string) {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  const [first, second] = bars;
  if (!first) return times(moments.length);
  const length = ms(Math.max(...bars.map(({ end }) => end)) - first.start);
  if (second) return `${times(bars.length)} · ${length}`;
  return first.cpu === undefined ? length : `${length} · CPU ${ms(first.cpu)}`;
}

function expectTimeline({ document, slug, evidence, words, says }: ShownPage) {
  const svg = document.querySelector("svg.timeline")!;
  const [axis, ...groups] = childrenOf(svg, "g");
  const ticks = childrenOf(axis!, "svg");
  const until = Number.parseFloat(text(ticks.at(-1)));
  const lanes = lanesOf(slug, evidence);
  const last = Math.max(
    ...lanes.flatMap(({ bars, moments }) => [
      ...bars.map(({ end }) => end),
      ...moments,
    ]),
  );
  expect(until).toBeGreaterThanOrEqual(Number(last.toFixed(6)));
  // And no longer than a tick more.
  expect(until - last).toBeLessThan(until / 2);
  for (const tick of ticks) {
    const exact = (100 * Number.parseFloat(text(tick))) / until;
    expectPlace(percent(tick, "x"), exact, `tick ${text(tick)}`);
  }

  const drawn = groups.map((group) => childrenOf(group, "svg"));
  const byVariant = [...Map.groupBy(lanes, ({ variant }) => variant).values()];
  expect(drawn.map((group) => group.length)).toEqual(
    byVariant.map((group) => group.length),
  );
  const times = (n: number) => put(words["timeline"]!["times"]!, { n });
  drawn.flat().forEach((lane, nth) => {
    const expected = lanes[nth]!;
    const name = lane.querySelector(".name")!;
    expect(name.firstChild!.textContent).toBe(says(expected.track));
    expect(text(name.querySelector("tspan"))).toBe(figureOf(expected, times));
    expectRectangles(lane, rectanglesOf(expected, until), expected.track);
    expectRows(lane, expected);
  });
}

function expectRectangles(
  lane: Element,
  expected: Rectangle[],
  track: string,
): void {
  const drawn = childrenOf(lane, "rect");
  expect(drawn.map((rect) => rect.getAttribute("class") ?? "")).toEqual(
    expected.map(([look]) => look),
  );
  drawn.forEach((rect, nth) => {
    const [, x, width] = expected[nth]!;
    expectPlace(percent(rect, "x"), x, `x ${nth} of “${track}”`);
    if (width === undefined) expect(rect.hasAttribute("width")).toBe(false);
    else {
      const drawnWidth = percent(rect, "width");
      expectPlace(drawnWidth, width, `width ${nth} of “${track}”`);
    }
  });
}

/** Bars that overlap lie in rows of their own. */
function expectRows(lane: Element, { bars, track }: Lane): void {
  const rows = childrenOf(lane, "rect")
    .filter(
      (rect) =>
        rect.hasAttribute("width") && rect.getAttribute("class") !== "rest",
    )
    .map((rect) => rect.getAttribute("y") ?? "0");
  bars.forEach(({ start }, nth) => {
    const over = rows.filter(
      // A browser's clock may go in steps of 0.1 ms.
      (_, other) => other < nth && bars[other]!.end - start > 0.11,
    );
    expect(over, `row ${nth} of “${track}”`).not.toContain(rows[nth]);
  });
}

function expectTable({ document, slug, evidence, words, says }: ShownPage) {
  const ms = (value: number) => value.toFixed(1);
  const expected = lanesOf(slug, evidence).flatMap(
    ({ track, bars, moments }) => {
      const often = (starts: number[], ends: number[]) => [
        `${says(track)}, ${put(words["timeline"]!["times"]!, { n: starts.length })}`,
        ms(Math.min(...starts)),
        ms(Math.max(...ends)),
        "",
        "",
      ];
      const rows = bars.map(({ name, start, end, cpu }) => [
        [...new Set([track, name])].map(says).join(": "),
        ms(start),
        ms(end),
        ms(end - start),
        cpu === undefined ? "" : ms(cpu),
      ]);
      const all = often(
        bars.map(({ start }) => start),
        bars.map(({ end }) => end),
      );
      return [
        // More than eight are told in one row.
        ...(rows.length > 8 ? [all] : rows),
        ...(moments.length > 0 ? [often(moments, moments)] : []),
      ];
    },
  );
  const table = document.querySelector("#timeline + .scroll tbody")!;
  const rows = childrenOf(table, "tr").map((row) =>
    [...row.children].map(text),
  );
  expect(rows).toEqual(expected);
}

describe.each(notes.map((note) => [note.path, note] as const))(
  "%s",
  (path, note) => {
    const evidencePage = { ...note, ...pageAt(`${path}evidence/`) };

    test("draws each span and moment where it was, as long as it was", () => {
      expectTimeline(note);
      expectTimeline(evidencePage);
    });

    test("gives the same as a table on the evidence page", () => {
      expectTable(evidencePage);
    });
  },
);

describe.each(secondPages.map((page) => [page.path, page] as const))(
  "%s",
  (_, page) => {
    test("draws each span and moment where it was, and gives it as a table", () => {
      expectTimeline(page);
      expectTable(page);
    });
  },
);
