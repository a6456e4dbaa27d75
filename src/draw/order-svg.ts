import type { Step } from "../orders/explored.ts";
import { escapeHtml } from "./escape-html.ts";

const ROW_HEIGHT = 34;
const NAME_HEIGHT = 16;
const BAR_HEIGHT = 14;
/** Lanes take turns with the style sheet's colours `l0` to `l4`. */
const COLOURS = 5;

export interface OrderWords {
  /** Who takes a step: "thread 1". */
  who: (step: Step) => string;
  /** What the drawing shows, in words. */
  label: string;
}

/**
 * Draws an order: a lane for each thread or wait, and a bar for each step, one
 * beside the other, as the axis is the steps and no time.
 */
export function orderSvg(steps: readonly Step[], words: OrderWords): string {
  const lanes = [...new Set(steps.map(({ who }) => who))].sort((a, b) => a - b);
  const width = 100 / steps.length;
  const percent = (value: number) => `${Number(value.toFixed(2))}%`;
  const drawn = lanes.map((lane, index) => {
    const y = index * ROW_HEIGHT;
    const first = steps.find(({ who }) => who === lane)!;
    const bars = steps.map((step, at) =>
      step.who === lane
        ? `<rect x="${percent(at * width)}" y="${y + NAME_HEIGHT}" width="${percent(width * 0.94)}" height="${BAR_HEIGHT}" rx="2"/>`
        : "",
    );
    return `<text class="name" y="${y + 12}">${escapeHtml(words.who(first))}</text><g class="l${index % COLOURS}">${bars.join("")}</g>`;
  });
  const height = lanes.length * ROW_HEIGHT;
  return `<svg class="order" width="100%" height="${height}" role="img" aria-label="${escapeHtml(words.label)}">${drawn.join("")}</svg>`;
}
