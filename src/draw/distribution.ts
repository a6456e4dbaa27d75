import { escapeHtml } from "./escape-html.ts";

/** One row of a distribution: the figures of the subject or of one control. */
export interface Samples {
  /** In the page's language, with its median for instance. */
  label: string;
  figures: readonly number[];
  /** The subject is drawn in the colour of proof. */
  isSubject: boolean;
  /** The least and the greatest figure of other runs: a band behind the dots. */
  spread?: readonly [least: number, greatest: number] | undefined;
}

const ROW_HEIGHT = 46;
const DOT_TOP = 30;
/** From the dot of a run to the next one with the same figure, in pixels. */
const ALIKE_STEP = 0.6;
const AXIS_HEIGHT = 18;
const DOT_RADIUS = 4;
/** Room at both ends, in percent, so that no dot is cut. */
const MARGIN = 2;
/** From this ratio of the greatest to the least figure on, the axis is logarithmic. */
const LOG_FROM_RATIO = 50;

/**
 * Draws every run as a dot, subject and controls on one axis, with a line at
 * the bound. Dots of the same figure lie a little below each other. The axis is logarithmic where the figures differ by much and none
 * is near 0.
 */
export function distributionSvg(
  rows: readonly Samples[],
  bound: number,
  show: (figure: number) => string,
  label: string,
): string {
  const all = [
    ...rows.flatMap(({ figures, spread = [] }) => [...figures, ...spread]),
    bound,
  ];
  const scale = scaleOf(all);
  const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const drawn = rows.map(({ figures, label, isSubject, spread }, row) => {
    const y = row * ROW_HEIGHT + DOT_TOP;
    const band = spread
      ? `<line class="spread" x1="${scale(spread[0])}" x2="${scale(spread[1])}" y1="${y}" y2="${y}"/>`
      : "";
    const dots = figures.map((figure, run) => {
      const alike = (part: readonly number[]) =>
        part.filter((other) => other === figure).length;
      const place = alike(figures.slice(0, run)) - (alike(figures) - 1) / 2;
      const cy = Number((y + place * ALIKE_STEP).toFixed(1));
      return `<circle cx="${scale(figure)}" cy="${cy}" r="${DOT_RADIUS}"/>`;
    });
    return `<text class="name" y="${y - 16}">${escapeHtml(label)}</text><g class="${isSubject ? "subject" : "control"}">${band}${dots.join("")}</g>`;
  });
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const line = scale(bound);
  const ends = [min, max]
    .filter((value, index, both) => both.indexOf(value) === index)
    .map(
      (value, index) =>
        `<text x="${scale(value)}" y="${height - 3}"${index ? ' text-anchor="end"' : ""}>${escapeHtml(show(value))}</text>`,
    );
  return `<svg class="distribution" width="100%" height="${height}" role="img" aria-label="${escapeHtml(label)}"><line x1="${line}" x2="${line}" y2="${height - AXIS_HEIGHT}"/>${drawn.join("")}${ends.join("")}</svg>`;
}

function scaleOf(values: readonly number[]): (value: number) => string {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const log = min > 0 && max / min > LOG_FROM_RATIO;
  const place = log ? Math.log : (value: number) => value;
  const width = place(max) - place(min);
  return (value) => {
    const share = width === 0 ? 0.5 : (place(value) - place(min)) / width;
    return `${Number((MARGIN + share * (100 - 2 * MARGIN)).toFixed(2))}%`;
  };
}
