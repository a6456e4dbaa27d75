import { escapeHtml } from "./escape-html.ts";

/** How high the highest column is, in pixels. */
const HEIGHT = 72;
/** Room above the columns: a line of text for each mark. */
const LINE_HEIGHT = 15;
const AXIS_HEIGHT = 18;
const MOST_COLUMNS = 20;

export interface Column {
  /** Where the column begins, in the figures' unit. */
  from: number;
  to: number;
  count: number;
}

/**
 * Counts figures in columns of equal width, from 0 on. The width is 1, 2 or 5
 * times a power of ten, the least that gives at most 20 columns.
 */
export function columnsOf(figures: readonly number[]): Column[] {
  const last = Math.max(...figures);
  if (last === 0) return [{ from: 0, to: 1, count: figures.length }];
  const power = 10 ** Math.floor(Math.log10(last / MOST_COLUMNS));
  const factor = [1, 2, 5, 10].find(
    (n) => Math.ceil(last / (n * power)) <= MOST_COLUMNS,
  );
  const width = Number(((factor ?? 10) * power).toPrecision(1));
  const columns = Array.from(
    { length: Math.floor(last / width) + 1 },
    (_, n) => ({ from: n * width, to: (n + 1) * width, count: 0 }),
  );
  for (const figure of figures) columns[Math.floor(figure / width)]!.count++;
  return columns;
}

export interface Mark {
  /** "p99 150 ms" */
  text: string;
  at: number;
}

/**
 * Draws how often each figure came: a column's height is how many figures lie
 * in it. Marks are lines, each with its text in a line of its own.
 */
export function histogramSvg(
  columns: readonly Column[],
  marks: readonly Mark[],
  label: string,
): string {
  const until = columns.at(-1)!.to;
  const most = Math.max(...columns.map(({ count }) => count));
  const x = (value: number) => `${Number(((value / until) * 100).toFixed(2))}%`;
  const top = marks.length * LINE_HEIGHT;
  const foot = top + HEIGHT;
  const drawn = columns
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => {
      const height = Math.max(1, Math.round((count / most) * HEIGHT));
      return `<rect x="${x(from)}" y="${foot - height}" width="${x(to - from)}" height="${height}"/>`;
    });
  const lines = marks.map(({ text, at }, index) => {
    const y = index * LINE_HEIGHT;
    // Beyond the middle the text stands on the left, so that none is cut.
    const left = at > until / 2;
    const place = left ? ' dx="-4" text-anchor="end"' : ' dx="4"';
    return `<line x1="${x(at)}" x2="${x(at)}" y1="${y + 2}" y2="${foot}"/><text x="${x(at)}" y="${y + 11}"${place}>${escapeHtml(text)}</text>`;
  });
  const ends = `<text y="${foot + 14}">0</text><text x="100%" y="${foot + 14}" text-anchor="end">${until} ms</text>`;
  return `<svg class="distribution" width="100%" height="${foot + AXIS_HEIGHT}" role="img" aria-label="${escapeHtml(label)}"><g class="l0">${drawn.join("")}</g>${lines.join("")}${ends}</svg>`;
}
