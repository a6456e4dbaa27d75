import { readFileSync } from "node:fs";
import type { Lane, TimelineLayout } from "../timeline-layout.ts";
import { BAR_RULES, barsHeight, barsSvg, colourOf } from "../timeline-svg.ts";
import { linesOf, outline, widthOf } from "./outline.ts";
import type { Weight } from "./pretendard.ts";

const favicon = readFileSync("public/favicon.svg", "utf8");
const siteCss = readFileSync("src/styles/site.css", "utf8");

/** The size that Open Graph's readers crop least, in pixels. */
const CARD = { width: 1200, height: 630 };

const EDGE = 72;
const WIDTH = CARD.width - 2 * EDGE;
const SITE = { size: 26, y: 82 };
const TITLE = { size: 68, y: 176 };
const TERM_SIZE = 34;
const TEXT = { size: 30, y: 240, line: 44, most: 3 };
const NAMES_WIDTH = 290;
const NAME_SIZE = 23;
const LANES = { bottom: 560, most: 56 };
/** Between the definition and the drawing. */
const GAP = 36;
/** How large a bar's corners and moments are, beside those of a page. */
const ZOOM = 1.6;

export interface Card {
  site: string;
  title: string;
  term?: string | undefined;
  definition: string;
  layout: TimelineLayout;
  /** A track's name in the card's language. */
  name: (track: string) => string;
}

/**
 * Draws what stands for a note where its address is shared: its title, its
 * definition and the timeline of its recorded run, in the light theme. Letters
 * are outlines: it needs no font.
 */
export function cardSvg({
  site,
  title,
  term,
  definition,
  layout,
  name,
}: Card): string {
  const lines = linesOf(definition, {
    weight: "regular",
    width: WIDTH / TEXT.size,
    most: TEXT.most,
  });
  const text = lines.map((line, index) =>
    outline(line, {
      weight: "regular",
      size: TEXT.size,
      x: EDGE,
      y: TEXT.y + index * TEXT.line,
    }),
  );
  const top = TEXT.y + (lines.length - 1) * TEXT.line + GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}"><style>${STYLE}</style><rect class="paper" width="100%" height="100%"/>${brand(site)}${heading(title, term)}<g class="soft">${text.join("")}</g>${timeline(layout, name, top)}</svg>`;
}

function brand(site: string): string {
  const { size, y } = SITE;
  const place = `<svg x="${EDGE - 4}" y="${y - 28}" width="36" height="36" `;
  const mark = favicon.replace("<svg ", place);
  return mark + outline(site, { weight: "bold", size, x: EDGE + 46, y });
}

/** The title and the English term beside it, as large as one line allows. */
function heading(title: string, term: string | undefined): string {
  const { y } = TITLE;
  const titleWidth = widthOf(title, "bold") * TITLE.size;
  const after = term === undefined ? "" : ` ${term}`;
  const all = titleWidth + widthOf(after, "regular") * TERM_SIZE;
  const fit = Math.min(1, WIDTH / all);
  const part = (text: string, weight: Weight, size: number, x: number) =>
    outline(text, { weight, size: size * fit, x: EDGE + x * fit, y });
  return `${part(title, "bold", TITLE.size, 0)}<g class="soft">${part(after, "regular", TERM_SIZE, titleWidth)}</g>`;
}

/** The lanes, each as high as the others, however many rows it has. */
function timeline(
  { lanes, ticks, until }: TimelineLayout,
  name: Card["name"],
  top: number,
): string {
  const height = Math.min(LANES.most, (LANES.bottom - top) / lanes.length);
  const from = LANES.bottom - height * lanes.length;
  const left = EDGE + NAMES_WIDTH;
  const width = WIDTH - NAMES_WIDTH;
  const grid = ticks.map((tick) => {
    const x = left + (tick / until) * width;
    return `<line x1="${x}" x2="${x}" y1="${from}" y2="${LANES.bottom}"/>`;
  });
  const end = `${until} ms`;
  const size = NAME_SIZE - 3;
  const endX = CARD.width - EDGE - widthOf(end, "regular") * size;
  const axis = { weight: "regular", size, y: LANES.bottom + 26 } as const;
  const drawn = lanes.map((lane, index) =>
    laneSvg(lane, name(lane.track), from + index * height, height, {
      left,
      width,
      until,
    }),
  );
  return `${grid.join("")}${drawn.join("")}<g class="soft">${outline("0", { ...axis, x: left })}${outline(end, { ...axis, x: endX })}</g>`;
}

function laneSvg(
  lane: Lane,
  name: string,
  top: number,
  height: number,
  box: { left: number; width: number; until: number },
): string {
  const size = Math.min(
    NAME_SIZE,
    height * 0.8,
    (NAMES_WIDTH - 16) / widthOf(name, "regular"),
  );
  const label = outline(name, {
    weight: "regular",
    size,
    x: EDGE,
    y: top + height / 2 + size * 0.36,
  });
  const bars = barsSvg(lane, (ms) => `${(ms / box.until) * 100}%`);
  const gap = height * 0.14;
  const view = `0 0 ${box.width / ZOOM} ${barsHeight(lane)}`;
  return `${label}<svg class="${colourOf(lane)}" x="${box.left}" y="${top + gap}" width="${box.width}" height="${height - 2 * gap}" viewBox="${view}" preserveAspectRatio="none">${bars}</svg>`;
}

const STYLE = [
  `svg{fill:${colour("ink")}}`,
  `.paper{fill:${colour("paper")}}`,
  `.soft{fill:${colour("soft")}}`,
  `line{stroke:${colour("line")};stroke-width:2}`,
  ...[0, 1, 2, 3, 4].map((n) => `.l${n}{fill:${colour(`lane-${n}`)}}`),
  // The lanes, and not the mark or the paper.
  ...BAR_RULES.map((rule) => `svg[class] ${rule}`),
  `.open{opacity:${opacity("open")}}`,
  `.rest{opacity:${opacity("rest")}}`,
].join("");

/** A colour of the style sheet, in the light theme. */
function colour(name: string): string {
  return found(new RegExp(`--${name}: light-dark\\((#\\w+)`));
}

function opacity(name: string): string {
  return found(new RegExp(`\\.${name} {\\s*opacity: ([\\d.]+)`));
}

function found(pattern: RegExp): string {
  const value = pattern.exec(siteCss)?.[1];
  if (value !== undefined) return value;
  throw new Error(`src/styles/site.css has no ${pattern.source}.`);
}
