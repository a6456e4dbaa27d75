import { escapeHtml } from "./escape-html.ts";
import type { Bar, Lane, TimelineLayout } from "./timeline-layout.ts";

const NAME_HEIGHT = 16;
const BAR_HEIGHT = 12;
const ROW_HEIGHT = 15;
const LANE_GAP = 10;
const VARIANT_GAP = 16;
const AXIS_HEIGHT = 18;
/** So that a span of a few µs can still be seen. */
const LEAST_WIDTH_PERCENT = 0.3;
/** Tracks take turns with the style sheet's colours `l0` to `l4`. */
const COLOURS = 5;

/** The class of a lane's colour. */
export function colourOf({ colour }: Lane): string {
  return `l${colour % COLOURS}`;
}

/**
 * What every bar, and every moment (which has no width), has in CSS. The site's
 * style sheet says the same for its pages, which would carry it in each of them.
 */
export const BAR_RULES = [
  `rect{height:${BAR_HEIGHT}px;rx:2px}`,
  "rect:not([width]){width:2px;rx:0}",
];

export interface SvgWords {
  /** A track's or span's name in the page's language. */
  name: (name: string) => string;
  /** "12 times", for a lane of moments or of many spans. */
  times: (count: number) => string;
  /** What is drawn: the names and figures in it are text, and read behind it. */
  label: string;
}

/**
 * Draws a timeline as SVG, each variant in a group of its own. Positions along the axis are percentages, so it
 * takes any width and its text stays as large as the page's. Each lane and
 * each tick is an `<svg>` of its own, which says once where it is.
 */
export function timelineSvg(layout: TimelineLayout, words: SvgWords): string {
  const { lanes, ticks, until } = layout;
  const x = (ms: number) => percent((ms / until) * 100);
  let y = 0;
  const drawn = lanes.map((lane, index) => {
    const begins = index > 0 && lane.variant !== lanes[index - 1]!.variant;
    const top = begins ? y + VARIANT_GAP : y;
    y = top + NAME_HEIGHT + lane.rows * ROW_HEIGHT + LANE_GAP;
    return `${begins ? "</g><g>" : ""}${laneSvg(lane, top, x, words)}`;
  });
  const height = y + AXIS_HEIGHT;
  const axis = ticks
    .map((tick, index) => {
      const last = index === ticks.length - 1;
      const anchor =
        index === 0 ? "" : ` text-anchor="${last ? "end" : "middle"}"`;
      return `<svg x="${x(tick)}"><line y2="${y}"/><text y="${height - 4}"${anchor}>${tick}${last ? " ms" : ""}</text></svg>`;
    })
    .join("");
  return `<svg class="timeline" width="100%" height="${height}" role="group" aria-label="${escapeHtml(words.label)}"><g aria-hidden="true">${axis}</g><g>${drawn.join("")}</g></svg>`;
}

/** What stands beside a lane's name: its length, or how often it happened. */
export function laneFigure(
  { bars, moments }: Lane,
  times: SvgWords["times"],
): string {
  const [first, second] = bars;
  if (!first) return times(moments.length);
  if (second) {
    const end = Math.max(...bars.map(({ end }) => end));
    return `${times(bars.length)} · ${ms(end - first.start)} ms`;
  }
  const cpu = first.cpu === undefined ? "" : ` · CPU ${ms(first.cpu)} ms`;
  return `${ms(first.end - first.start)} ms${cpu}`;
}

function laneSvg(
  lane: Lane,
  top: number,
  x: (ms: number) => string,
  words: SvgWords,
): string {
  const bars = barsSvg(lane, x);
  const name = escapeHtml(words.name(lane.track));
  const figure = escapeHtml(laneFigure(lane, words.times));
  return `<svg class="${colourOf(lane)}" y="${top + NAME_HEIGHT + 2}"><text class="name" y="-6">${name}<tspan dx="8">${figure}</tspan></text>${bars}</svg>`;
}

/** How high a lane is without its name, in pixels. */
export function barsHeight({ rows }: Lane): number {
  return (rows - 1) * ROW_HEIGHT + BAR_HEIGHT;
}

/** Draws a lane without its name: its bars and moments. */
export function barsSvg(lane: Lane, x: (ms: number) => string): string {
  const bars = lane.bars.map((bar) => barSvg(bar, x));
  const moments = lane.moments.map((at) => `<rect x="${x(at)}"/>`);
  return [...bars, ...moments].join("");
}

/**
 * A bar, faint where the CPU was free: its solid part is the CPU time. In
 * between where nobody knows: other spans were open, or a browser hides it.
 */
function barSvg(
  { start, end, row, cpu }: Bar,
  x: (ms: number) => string,
): string {
  const y = row > 0 ? ` y="${row * ROW_HEIGHT}"` : "";
  const rect = (length: number, faint: string) =>
    `<rect x="${x(start)}"${y} width="${atLeast(x(length))}"${faint}/>`;
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
