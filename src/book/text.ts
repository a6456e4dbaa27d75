import { existsSync, readFileSync } from "node:fs";
import { FileError, lineAtIndex } from "./file-error.ts";

const BOM = "\uFEFF";
/** A line that Git writes where two changes meet. */
const CONFLICT = /^(?:<{7}|\|{7}|>{7})(?= |$)/m;
/** Characters that no editor shows, and those that turn the order of a line round. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\u202A-\u202E\u2066-\u2069]/;
const MEND = "npm run format does it";

/**
 * The text of a file as the project keeps it: UTF-8 without a byte order mark,
 * lines that end with LF, letters composed (NFC).
 *
 * @throws FileError for the first thing that is otherwise, and for the marks of
 *   a merge that is not done
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const encoding = encodingOf(bytes);
  if (encoding !== "utf-8") {
    const as = encoding ? `This file is ${NAMES[encoding]}, not` : "This is no";
    throw new FileError(
      file,
      lineOfBadByte(bytes),
      `${as} UTF-8: save it as UTF-8 (${encoding ? MEND : "your editor's “Save with encoding”"}).`,
    );
  }
  const text = decode(bytes, encoding);
  const faults: [index: number, fault: string][] = [
    [
      text.startsWith(BOM) ? 0 : -1,
      `The file begins with a byte order mark: save it as UTF-8 without one (${MEND}).`,
    ],
    [
      text.search(CONFLICT),
      `A merge conflict is left here: keep what is right of both sides, and drop the lines with <<<<<<<, ======= and >>>>>>>. ${afterMerge(file)}`,
    ],
    [
      text.indexOf("\r"),
      `Lines end with CR LF here: let them end with LF (${MEND}).`,
    ],
    [
      text.search(HIDDEN),
      "A character stands here that no editor shows: delete it, and write the line again.",
    ],
    [
      text.indexOf("\uFFFD"),
      "A character was lost here (�), as in a file that was read in another encoding than it was saved in: write it again.",
    ],
    [
      firstDifference(text, text.normalize()),
      `Letters are decomposed here (Unicode NFD), so that links and search miss them: compose them (${MEND}).`,
    ],
  ];
  const found = faults.find(([index]) => index >= 0);
  if (!found) return text;
  const [index, fault] = found;
  throw new FileError(file, lineAtIndex(text, index), fault);
}

/**
 * The text of a file on disk.
 *
 * @throws FileError as `decodeText` does, and if there is no such file
 */
export function readText(file: string): string {
  if (existsSync(file)) return decodeText(readFileSync(file), file);
  throw new FileError(file, 1, "There is no such file: bring it back.");
}

/**
 * The same file as the project keeps it; nothing if nobody can tell its
 * encoding. What needs a decision is left: a merge, a hidden character.
 */
export function mendText(bytes: Uint8Array): string | undefined {
  const encoding = encodingOf(bytes);
  if (!encoding) return undefined;
  const text = decode(bytes, encoding).replace(BOM, "");
  return text.replaceAll("\r\n", "\n").normalize();
}

/** `euc-kr` is CP949 in the Encoding Standard. */
const NAMES = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "euc-kr": "CP949 (EUC-KR)",
};
type Encoding = keyof typeof NAMES;

function encodingOf(bytes: Uint8Array): Encoding | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return (["utf-8", "euc-kr"] as const).find((encoding) => {
    try {
      decode(bytes, encoding);
      return true;
    } catch {
      return false;
    }
  });
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  const options = { fatal: true, ignoreBOM: true };
  return new TextDecoder(encoding, options).decode(bytes);
}

function lineOfBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes);
  return lineAtIndex(text, Math.max(0, text.indexOf("\uFFFD")));
}

/** Where two texts part; -1 if they do not. */
function firstDifference(a: string, b: string): number {
  if (a === b) return -1;
  let index = 0;
  while (a[index] === b[index]) index++;
  return index;
}

/** What there is to do besides, by the kind of file. */
function afterMerge(file: string): string {
  const slug = /(\w[\w-]*)\.json$/.exec(file)?.[1];
  if (file.includes("/evidence/"))
    return `Of evidence neither side is right: npm run record ${slug}`;
  if (slug === "in-step")
    return "Then, for each of these notes that says the same in both languages: npm run in-step <slug>";
  if (slug === "parts") return "Two new notes: keep both slugs.";
  return "Then npm run check.";
}
