/**
 * What the tests of figures have in common. They work out anew what a page says
 * from the evidence, so nothing here is the site's own code.
 */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse } from "yaml";
import type { BuiltPage, ProgramFile } from "./pages.ts";
import { builtPages, isNote, programFiles, shownEvidence } from "./pages.ts";

/** A claim that was measured in runs. */
export interface Claim {
  figure: string;
  unit: string;
  bound: { is: string; value: number };
  subject: number[];
  controls: Record<string, { leavesOut: string; figures: number[] }>;
}

/** One step of an order, with what came with it. */
export interface Step {
  who: number;
  kind: string;
  cell?: number;
  value?: number;
  line?: number;
  also?: Step[];
}

/** What came of a program in every order; numbers of orders are texts. */
export interface Orders {
  of: "tasks" | "threads";
  count: number;
  lateness?: number;
  orders: string | null;
  outcomes: { figure: number | null; end?: string; orders: string | null }[];
  witness?: Step[];
}

/** A claim that was explored in every order. */
export interface OrderClaim extends Pick<Claim, "figure" | "unit" | "bound"> {
  subject: Orders;
  controls: Record<string, { leavesOut: string } & Orders>;
}

/** A span of a recorded run, in ms. */
export interface Span {
  name: string;
  track?: string;
  start: number;
  end: number;
  cpu?: number;
  samples?: number[];
}

/** What a recording left. */
export interface Evidence {
  hash: { example: string; test: string };
  output: string[];
  claims: Record<string, Claim>;
  inEveryOrder?: Record<string, OrderClaim>;
  spans: Span[];
  points: { name: string; track?: string; at: number }[];
}

/** The words of the site, by part and key. */
export type Words = Record<string, Record<string, string>>;

export const read = <T>(file: string): T =>
  JSON.parse(readFileSync(file, "utf8")) as T;

const pages = builtPages();

/** The page at a path inside the site. */
export function pageAt(path: string): BuiltPage {
  return pages.find((page) => page.path === path)!;
}

/** Turns what a test or an example says into what the note says for it. */
function translatorOf(language: string, slug: string) {
  const note = readFileSync(
    `src/content/notes/${language}/${slug}.mdx`,
    "utf8",
  );
  const { words = {} } = parse(note.split(/^---$/m)[1]!) as {
    words?: Record<string, string>;
  };
  return (english: string): string => words[english] ?? english;
}

/** All that a test compares of a page about a slug. */
export interface ShownPage extends BuiltPage {
  slug: string;
  evidence: Evidence;
  words: Words;
  /** What it says for a word of the test or the example. */
  says: (english: string) => string;
}

function shownPage(page: BuiltPage, evidenceOf: (slug: string) => Evidence) {
  const slug = page.path.split("/")[2]!;
  const words = read<Words>(`src/content/ui/${page.language}.json`);
  const says = translatorOf(page.language, slug);
  return { ...page, slug, evidence: evidenceOf(slug), words, says };
}

/** The pages of the notes. */
export const notes: ShownPage[] = pages
  .filter(isNote)
  .map((page) => shownPage(page, shownEvidence<Evidence>));

/** The pages of the second programs. */
export const secondPages: (ShownPage & { program: ProgramFile })[] = pages
  .filter(({ path }) => /^\/(ko|en)\/[\w-]+\/(python|typescript)\/$/.test(path))
  .map((page) => {
    const program = programFiles(page.path.split("/")[2]!)[1]!;
    return { ...shownPage(page, () => read(program.evidence)), program };
  });

/** Three digits below 100, one below 0.1, whole above; 1,234 has its comma. */
export function shown(value: number, unit: string): string {
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

/** The figures, the least first. */
export const sorted = (figures: readonly number[]) =>
  [...figures].sort((a, b) => a - b);

/** The figure in the middle, or between the two in the middle. */
export function middle(figures: readonly number[]): number {
  const all = sorted(figures);
  const half = all.length / 2;
  return half % 1 ? all[Math.floor(half)]! : (all[half - 1]! + all[half]!) / 2;
}

/** The phrase with what stands in its places. */
export const put = (phrase: string, values: Record<string, string | number>) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    phrase,
  );

/** What an element says, with one space wherever there are some. */
export const text = (element: Element | null | undefined) =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** What an attribute says in percent. */
export function percent(
  element: Element | null | undefined,
  name: string,
): number {
  const value = element?.getAttribute(name) ?? "";
  expect(value).toMatch(/^[\d.]+%$/);
  return Number.parseFloat(value);
}
