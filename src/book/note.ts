import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Slugger from "github-slugger";
import type { MdastNode } from "satteri";
import { mdxToMdast } from "satteri";
import type { YAMLParseError } from "yaml";
import { parse as parseYaml } from "yaml";
import { noteFile } from "./files.ts";
import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

/** What Sätteri reads in a note, here and in the build of the pages. */
export const FEATURES = {
  wikilinks: true,
  gfm: { footnotes: { clobberPrefix: "" } },
  smartPunctuation: false,
} as const;

/** Components that draw a span or tracks of the recorded run, named by `of`. */
export const DRAWINGS = ["Latencies", "Scheduler", "Throughputs"] as const;

/** Something in a note, with the line of its file, counted from 1. */
interface Located {
  line: number;
}

export interface WikiLink extends Located {
  /** Slug or alias, as written. */
  target: string;
  /** The heading's id, without `#`. */
  fragment: string | undefined;
}

export interface NoteHeading extends Located {
  id: string;
  text: string;
  depth: number;
}

export interface NoteClaim extends Located {
  id: string | undefined;
  /** The sentence, without markup. */
  text: string;
}

export interface NoteExample extends Located {
  /** The function that is shown; the whole file if there is none. */
  show: string | undefined;
}

export interface NoteFootnote extends Located {
  id: string;
}

/** A number with a unit of time that stands outside of claims and footnotes. */
export interface NoteTime extends Located {
  /** As written: "0.2 s". */
  text: string;
  ms: number;
}

/** A note as its file says it, before anything is checked. */
export interface Note {
  language: Language;
  slug: string;
  /** From the project's root. */
  file: string;
  frontmatter: Record<string, unknown>;
  /** The line of each key of the front matter. */
  keyLines: ReadonlyMap<string, number>;
  title: string;
  aliases: string[];
  headings: NoteHeading[];
  links: WikiLink[];
  claims: NoteClaim[];
  examples: NoteExample[];
  /** References in the order of the text. */
  references: NoteFootnote[];
  /** The notes themselves, in the order of the file. */
  footnotes: NoteFootnote[];
  /** Addresses of links and pictures that are no wiki-links. */
  addresses: (Located & { url: string })[];
  /** Lines of pictures without words. */
  wordlessImages: number[];
  /** Pictures and components that draw, as they are written. */
  drawings: string[];
  code: (Located & { text: string })[];
  times: NoteTime[];
  /** The text without code, front matter and markup. */
  prose: string;
}

/**
 * Reads what a note's file says.
 *
 * @throws with the file's name and the line if its YAML or its MDX does not
 *   parse
 */
export function parseNote(
  source: string,
  { language, slug, file }: Pick<Note, "language" | "slug" | "file">,
): Note {
  let root: MdastNode;
  try {
    root = mdxToMdast(source, { features: FEATURES });
  } catch (error) {
    // Sätteri says where: "12:5: Unexpected …".
    const [, line = "1", said = (error as Error).message] =
      /^(\d+):\d+: ([^]*)$/.exec((error as Error).message) ?? [];
    throw new Error(`${file}:${line}: This is no MDX: ${said}`, {
      cause: error,
    });
  }
  const slugger = new Slugger();
  const yaml = children(root).find((node) => node.type === "yaml");
  const above = yaml?.position?.start.line ?? 0;
  const frontmatter = parseFrontmatter(yaml?.value ?? "", file, above);
  const note: Note = {
    language,
    slug,
    file,
    frontmatter,
    keyLines: keyLines(yaml?.value ?? "", above),
    title: String(frontmatter["title"] ?? slug),
    aliases: asStrings(frontmatter["aliases"]),
    headings: [],
    links: [],
    claims: [],
    examples: [],
    references: [],
    footnotes: [],
    addresses: [],
    wordlessImages: [],
    drawings: [],
    code: [],
    times: timesIn(root),
    prose: proseOf(root),
  };

  walk(root, (node) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === "heading") {
      const text = textOf(node);
      note.headings.push({
        ...{ line, text, depth: node.depth },
        id: slugger.slug(text),
      });
    } else if (node.type === "link") {
      const link = asWikiLink(node.url);
      if (link) note.links.push({ ...link, line });
      else note.addresses.push({ url: node.url, line });
    } else if (node.type === "image") {
      note.addresses.push({ url: node.url, line });
      note.drawings.push(node.url);
      if (!node.alt) note.wordlessImages.push(line);
    } else if (node.type === "code") {
      note.code.push({ line, text: node.value });
    } else if (node.type === "footnoteReference") {
      note.references.push({ line, id: node.label ?? node.identifier });
    } else if (node.type === "text") {
      // A reference without its note stays text.
      for (const { 1: id, index } of node.value.matchAll(/\[\^([^\]\s]+)\]/g)) {
        const above = node.value.slice(0, index).split("\n").length - 1;
        note.references.push({ line: line + above, id: id! });
      }
    } else if (node.type === "footnoteDefinition") {
      note.footnotes.push({ line, id: node.label ?? node.identifier });
    } else if (isElement(node, "Claim")) {
      note.claims.push({
        ...{ line, id: attribute(node, "id") },
        text: textOf(node),
      });
    } else if (isElement(node, "Example")) {
      note.examples.push({ line, show: attribute(node, "show") });
    } else if (isElement(node, "a")) {
      note.addresses.push({ url: attribute(node, "href") ?? "", line });
    } else if (isElement(node, "img")) {
      if (!attribute(node, "alt")) note.wordlessImages.push(line);
    } else {
      for (const name of DRAWINGS) {
        if (!isElement(node, name)) continue;
        note.drawings.push(`${name} ${attribute(node, "of")}`);
      }
    }
  });
  return note;
}

/**
 * A link's address as a wiki-link's target, if it is one: every address
 * without a scheme that does not start with `/`, `#` or `.`.
 */
export function asWikiLink(url: string): Omit<WikiLink, "line"> | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|[/#.]|$)/i.test(url)) return undefined;
  const [target = "", fragment] = decode(url).split("#", 2);
  return { target, fragment };
}

function decode(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** All notes of the book by language and slug, as they are on disk. */
export type Notes = Record<Language, Map<string, Note>>;

const REREAD_AFTER_MS = 1000;
let lastRead: { at: number; notes: Notes } | undefined;
const parsed = new Map<string, { source: string; note: Note }>();

/** Reads all notes; what did not change since the last time is not parsed. */
export function readNotes(): Notes {
  const now = performance.now();
  if (lastRead && now - lastRead.at < REREAD_AFTER_MS) return lastRead.notes;
  const notes = Object.fromEntries(
    LANGUAGES.map((language) => [language, readLanguage(language)]),
  ) as Notes;
  lastRead = { at: now, notes };
  return notes;
}

function readLanguage(language: Language): Map<string, Note> {
  const folder = dirname(noteFile(language, "*"));
  const files = readdirSync(folder).filter((name) => name.endsWith(".mdx"));
  return new Map(
    files.sort().map((name) => {
      const path = join(folder, name);
      const source = readFileSync(path, "utf8");
      const slug = basename(name, ".mdx");
      const known = parsed.get(path);
      if (known?.source === source) return [slug, known.note];
      const file = path.replaceAll("\\", "/");
      const note = parseNote(source, { language, slug, file });
      parsed.set(path, { source, note });
      return [slug, note];
    }),
  );
}

/** @param above the lines of the file above the YAML */
function parseFrontmatter(
  source: string,
  file: string,
  above: number,
): Record<string, unknown> {
  try {
    return (parseYaml(source) ?? {}) as Record<string, unknown>;
  } catch (error) {
    const { message, linePos } = error as YAMLParseError;
    const line = above + (linePos?.[0].line ?? 1);
    // The rest is a drawing of the line.
    const said = message.split(/ at line |\n/)[0];
    throw new Error(
      `${file}:${line}: This is no YAML: ${said}. Text with “: ”, “#” or a bracket at its start needs quotes.`,
      { cause: error },
    );
  }
}

function keyLines(yaml: string, above: number): Map<string, number> {
  const lines = yaml.split("\n").entries();
  return new Map(
    Array.from(lines).flatMap(([index, text]) => {
      const key = /^["']?([\w-]+)["']?\s*:/.exec(text)?.[1];
      return key === undefined ? [] : [[key, above + index + 1]];
    }),
  );
}

/** The items of a list as strings; none of what is no list. */
export function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

type Element = Extract<
  MdastNode,
  { type: "mdxJsxFlowElement" | "mdxJsxTextElement" }
>;

/** Whether the node is a component of that name. */
export function isElement(node: MdastNode, name: string): node is Element {
  return (
    (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") &&
    node.name === name
  );
}

/** The value of a component's attribute that is written as a string. */
export function attribute(node: Element, name: string): string | undefined {
  for (const found of node.attributes) {
    if (found.type === "mdxJsxAttribute" && found.name === name) {
      return typeof found.value === "string" ? found.value : undefined;
    }
  }
  return undefined;
}

function children(node: MdastNode): MdastNode[] {
  return "children" in node ? (node.children as MdastNode[]) : [];
}

function walk(node: MdastNode, visit: (node: MdastNode) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

function textOf(node: MdastNode): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  return children(node).map(textOf).join("");
}

const BLOCKS = new Set(["paragraph", "heading", "listItem", "tableCell"]);

/** The units of time that a note may write, in ms. */
const UNITS_MS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, nanosecond: 1e-6, 나노초: 1e-6 },
  ...{ µs: 1e-3, μs: 1e-3, microsecond: 1e-3, 마이크로초: 1e-3 },
  ...{ ms: 1, millisecond: 1, 밀리초: 1 },
  ...{ s: 1000, second: 1000, 초: 1000 },
  ...{ min: 60_000, minute: 60_000, 분: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000, 시간: 3_600_000 },
};
const unitsOf = (script: RegExp) =>
  Object.keys(UNITS_MS)
    .filter((unit) => script.test(unit))
    .join("|");
/**
 * A Korean unit may have a particle behind it, and so may a Latin one in Korean.
 * "5분의 2" is no time but two fifths.
 */
const TIME = new RegExp(
  `(\\d[\\d,]*(?:\\.\\d+)?)[\\s-]?(?:(${unitsOf(/^[^가-힣]/)})s?(?![A-Za-z\\d])|(?!분의 \\d)(${unitsOf(/^[가-힣]/)})(?=[^\\p{L}\\d]|[은는이가을를에도만로와과의간쯤보씩까동]|$))`,
  "gu",
);
/** A claim has its test, a footnote its source, code its run. */
const NO_PROSE = new Set(["footnoteDefinition", "code", "inlineCode"]);

function timesIn(node: MdastNode): NoteTime[] {
  if (NO_PROSE.has(node.type) || isElement(node, "Claim")) return [];
  if (node.type !== "text") return children(node).flatMap(timesIn);
  const line = node.position?.start.line ?? 1;
  return Array.from(node.value.matchAll(TIME), (found) => ({
    line: line + node.value.slice(0, found.index).split("\n").length - 1,
    text: found[0],
    ms:
      Number(found[1]!.replaceAll(",", "")) *
      UNITS_MS[(found[2] ?? found[3])!]!,
  }));
}

function proseOf(node: MdastNode): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  const text = children(node).map(proseOf).join("");
  return BLOCKS.has(node.type) ? `${text}\n` : text;
}
