import type { Load } from "../measure/throughput.ts";
import { escapeHtml } from "./escape-html.ts";

/** Room for a line of text and two bars. */
const ROW_HEIGHT = 46;

/** A load with its name and its figures in words. */
export interface NamedLoad extends Load {
  name: string;
  said: string;
}

/**
 * Draws a row for each load: an upper bar for its throughput and a lower one
 * for its longest latency, each as a share of the most of all rows.
 */
export function throughputsSvg(
  loads: readonly NamedLoad[],
  label: string,
): string {
  const most = (key: keyof Load) => Math.max(...loads.map((load) => load[key]));
  const rows = loads.map(({ name, perSecond, longest, said }, index) => {
    const y = index * ROW_HEIGHT;
    const bar = (share: number, top: number, lane: string) =>
      `<rect class="${lane}" y="${top}" width="${(share * 100).toFixed(1)}%" height="10" rx="2"/>`;
    return `<text class="name" y="${y + 12}">${escapeHtml(name)}<tspan dx="8">${escapeHtml(said)}</tspan></text>${bar(perSecond / most("perSecond"), y + 18, "l0")}${bar(longest / most("longest"), y + 30, "l1")}`;
  });
  return `<svg width="100%" height="${rows.length * ROW_HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${rows.join("")}</svg>`;
}
