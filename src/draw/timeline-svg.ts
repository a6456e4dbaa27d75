import { escapeHtml } from "./escape-html.ts";
import type { Bar, Lane, TimelineLayout } from "./timeline-layout.ts";

const NAME_HEIGHT = 16;
const BAR_HEIGHT = 12;
const ROW_HEIGHT = 15;
const LANE_GAP = 10;
const AXIS_HEIGHT = 18;
const MOMENT_WIDTH = 2;
/** So that a span of a few µs can still be seen. */
const LEAST_WIDTH_PERCENT = 0.3;
/** Lanes take turns with the style sheet's colours `l0` to `l4`. */
const COLOURS = 5;

export interface SvgWords {
  /** A track's or span's name in the page's language. */
  name: (name: string) => string;
  /** "12 times", for a lane of moments or of many spans. */
  times: (count: number) => string;
  /** What the drawing shows, for who does not see it. */
  label: string;
}

/**
 * Draws a timeline as SVG. Positions along the axis are percentages, so it
 * takes any width and its text stays as large as the page's.
 */
export function timelineSvg(layout: TimelineLayout, words: SvgWords): string {
  const { lanes, ticks, until } = layout;
  const x = (ms: number) => percent((ms / until) * 100);
  let y = 0;
  const drawn = lanes.map((lane, index) => {
    const top = y;
    y += NAME_HEIGHT + lane.rows * ROW_HEIGHT + LANE_GAP;
    return laneSvg(lane, index % COLOURS, top, x, words);
  });
  const height = y + AXIS_HEIGHT;
  const grid = ticks
    .map((tick) => `<line x1="${x(tick)}" x2="${x(tick)}" y2="${y}"/>`)
    .join("");
  const axis = ticks
    .map((tick, index) => {
      const last = index === ticks.length - 1;
      const anchor =
        index === 0 ? "" : ` text-anchor="${last ? "end" : "middle"}"`;
      return `<text x="${x(tick)}" y="${height - 4}"${anchor}>${tick}${last ? " ms" : ""}</text>`;
    })
    .join("");
  return `<svg class="timeline" width="100%" height="${height}" role="img" aria-label="${escapeHtml(words.label)}"><g class="grid">${grid}</g>${drawn.join("")}${axis}</svg>`;
}

/** What stands beside a lane's name: its length, or how often it happened. */
export function laneFigure(
  { bars, moments }: Lane,
  times: SvgWords["times"],
): string {
  const [first, second] = bars;
  if (!first) return times(moments.length);
  if (second) return times(bars.length);
  const cpu = first.cpu === undefined ? "" : ` · CPU ${ms(first.cpu)} ms`;
  return `${ms(first.end - first.start)} ms${cpu}`;
}

function laneSvg(
  lane: Lane,
  colour: number,
  top: number,
  x: (ms: number) => string,
  words: SvgWords,
): string {
  const bars = barsSvg(lane, top + NAME_HEIGHT + 2, x);
  const name = escapeHtml(words.name(lane.track));
  const figure = escapeHtml(laneFigure(lane, words.times));
  return `<text class="name" y="${top + 12}">${name}<tspan dx="8">${figure}</tspan></text><g class="l${colour}">${bars}</g>`;
}

/** How high a lane is without its name, in pixels. */
export function barsHeight({ rows }: Lane): number {
  return (rows - 1) * ROW_HEIGHT + BAR_HEIGHT;
}

/** Draws a lane without its name: its bars and moments, from `top` on. */
export function barsSvg(
  lane: Lane,
  top: number,
  x: (ms: number) => string,
): string {
  const bars = lane.bars.map((bar) => barSvg(bar, top, x));
  const moments = lane.moments.map(
    (at) =>
      `<rect x="${x(at)}" y="${top}" width="${MOMENT_WIDTH}" height="${BAR_HEIGHT}"/>`,
  );
  return [...bars, ...moments].join("");
}

/**
 * A bar, faint where the CPU was free: its solid part is the CPU time. In
 * between where nobody knows: other spans were open, or a browser hides it.
 */
function barSvg(
  { start, end, row, cpu }: Bar,
  laneTop: number,
  x: (ms: number) => string,
): string {
  const y = laneTop + row * ROW_HEIGHT;
  const rect = (length: number, faint: string) =>
    `<rect x="${x(start)}" y="${y}" width="${atLeast(x(length))}" height="${BAR_HEIGHT}" rx="2"${faint}/>`;
  const length = end - start;
  if (cpu === undefined) return rect(length, ' class="open"');
  if (cpu >= length) return rect(length, "");
  return rect(length, ' class="rest"') + rect(cpu, "");
}

function atLeast(width: string): string {
  return parseFloat(width) < LEAST_WIDTH_PERCENT
    ? `${LEAST_WIDTH_PERCENT}%`
    : width;
}

function percent(value: number): string {
  return `${Number(value.toFixed(1))}%`;
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
