import { escapeHtml } from "./escape-html.ts";

/** A note on the map, and where it leads. */
export interface MapNote {
  slug: string;
  title: string;
  url: string;
  /** Slugs of the notes to read before this one. */
  needs: readonly string[];
  /** Slugs of the notes that its text links to. */
  links: readonly string[];
}

const COLUMN_WIDTH = 210;
const BOX_WIDTH = 150;
const BOX_HEIGHT = 34;
const ROW_HEIGHT = 66;
const HEAD_HEIGHT = 34;
/** How far a line between two notes of one column swings out, in pixels. */
const SWING = 34;

interface Place {
  x: number;
  y: number;
  column: number;
}

/**
 * Draws the notes in reading order, a column for each part, with a line from
 * each note to those that need it. A box has, for the style to show while it is
 * pointed at, all lines that end at it, those along links too.
 */
export function mapSvg(
  parts: readonly { heading: string; notes: readonly MapNote[] }[],
  label: string,
): string {
  const places = new Map<string, Place>();
  parts.forEach(({ notes }, column) =>
    notes.forEach(({ slug }, row) =>
      places.set(slug, {
        x: column * COLUMN_WIDTH + SWING,
        y: HEAD_HEIGHT + row * ROW_HEIGHT,
        column,
      }),
    ),
  );
  const all = parts.flatMap(({ notes }) => notes);
  const lines = (kind: "needs" | "links") =>
    all.flatMap((note) =>
      note[kind].flatMap((other) => {
        const [from, to] = [places.get(other), places.get(note.slug)];
        const path = from && to && `<path d="${curve(from, to)}"/>`;
        return path ? { ends: [note.slug, other], path } : [];
      }),
    );
  const needs = lines("needs");
  const ties = [...needs, ...lines("links")];
  const tiesOf = (slug: string) =>
    new Set(
      ties.flatMap(({ ends, path }) => (ends.includes(slug) ? path : [])),
    );
  const most = Math.max(...parts.map(({ notes }) => notes.length));
  const width = parts.length * COLUMN_WIDTH;
  const height = HEAD_HEIGHT + most * ROW_HEIGHT;
  const heads = parts.map(
    ({ heading }, column) =>
      `<text class="name" x="${column * COLUMN_WIDTH + SWING}" y="16">${escapeHtml(heading)}</text>`,
  );
  const boxes = all.map(({ slug, title, url }) => {
    const { x, y, column } = places.get(slug)!;
    return `<a href="${escapeHtml(url)}"><rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="6"/><rect class="l${column % 5}" x="${x}" y="${y}" width="4" height="${BOX_HEIGHT}" rx="2"/><text id="on-map-${slug}" x="${x + 13}" y="${y + 21}">${escapeHtml(title)}</text>${[...tiesOf(slug)].join("")}</a>`;
  });
  // Titles once more, above the lines that a box shows across the others.
  const titles = all.map(({ slug }) => `<use href="#on-map-${slug}"/>`);
  return `<svg class="map" width="${width}" height="${height}" role="group" aria-label="${escapeHtml(label)}">${needs.map(({ path }) => path).join("")}${heads.join("")}${boxes.join("")}<g aria-hidden="true">${titles.join("")}</g></svg>`;
}

/** From the right edge of one box to the left edge of the other. */
function curve(from: Place, to: Place): string {
  const [y1, y2] = [from.y, to.y].map((y) => y + BOX_HEIGHT / 2) as [
    number,
    number,
  ];
  if (from.column === to.column) {
    // On the left of both, so that no box is crossed.
    return `M${from.x},${y1}C${from.x - SWING},${y1} ${to.x - SWING},${y2} ${to.x},${y2}`;
  }
  const forward = from.column < to.column;
  const x1 = forward ? from.x + BOX_WIDTH : from.x;
  const x2 = forward ? to.x : to.x + BOX_WIDTH;
  const bend = (forward ? 1 : -1) * SWING;
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}
