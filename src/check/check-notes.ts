import type { Evidence } from "../book/evidence.ts";
import { filesOf, noteFile, PARTS_FILE } from "../book/files.ts";
import type { Language } from "../book/languages.ts";
import { LANGUAGES, otherLanguage } from "../book/languages.ts";
import { nearest } from "../book/nearest.ts";
import { noteSchema } from "../book/note-schema.ts";
import type { Note, Notes } from "../book/note.ts";
import { asStrings } from "../book/front-matter.ts";
import { brokenLink } from "../book/links.ts";
import type { Finding } from "./finding.ts";

/** What the notes are checked against. */
export interface Book {
  notes: Notes;
  /** Slugs in reading order. */
  slugs: readonly string[];
  /** By slug, as far as there is any. */
  evidence: ReadonlyMap<string, Evidence>;
  /** The ids of a test's claims, by slug. */
  claims: ReadonlyMap<string, readonly string[]>;
  /** The names of an example's functions, by slug. */
  functions: ReadonlyMap<string, readonly string[]>;
  /** The numbers that an example's source writes, by slug. */
  numbers: ReadonlyMap<string, ReadonlySet<number>>;
}

const FEWEST_WORDS = 400;
const MOST_WORDS = 900;

/** Everything that is wrong with the notes, in one go. */
export function checkNotes(book: Book): Finding[] {
  const all = LANGUAGES.flatMap((language) => [
    ...book.notes[language].values(),
  ]);
  return [
    ...all.flatMap((note) => [
      ...checkFrontmatter(note),
      ...checkPlace(note, book),
      ...checkTwin(note, book),
      ...checkNeeds(note, book),
      ...checkLinks(note, book),
      ...checkAddresses(note),
      ...checkImages(note),
      ...checkTimes(note, book),
      ...checkClaims(note, book),
      ...checkExamples(note, book),
      ...checkFootnotes(note),
      ...checkHeadings(note),
      ...checkLength(note),
      ...checkWords(note, book),
    ]),
    ...LANGUAGES.flatMap((language) => checkAliases(language, book)),
    ...checkParts(book),
  ];
}

/** Every slug in reading order has a note, and stands there once. */
function checkParts({ notes, slugs }: Book): Finding[] {
  const file = PARTS_FILE;
  return slugs.flatMap((slug, index) => {
    const message =
      slugs.indexOf(slug) !== index
        ? `“${slug}” stands here twice: drop one.`
        : LANGUAGES.every((language) => !notes[language].has(slug))
          ? `“${slug}” has no note: npm run new ${slug} after dropping it here, or drop it.`
          : undefined;
    return message === undefined ? [] : [{ file, line: 1, message }];
  });
}

function at(note: Note, line: number, message: string): Finding {
  return { file: note.file, line, message };
}

/** What is to be said of a key of the front matter. */
function atKey(note: Note, key: string, message: string): Finding {
  return at(note, note.keyLines.get(key) ?? 1, message);
}

/** How each key of the front matter is written. */
const FORMS: Record<keyof typeof noteSchema.shape, string> = {
  title: "title: Busy waiting",
  term: "term: busy waiting",
  definition: "definition: One sentence.",
  needs: "needs: [latency], or []",
  aliases: "aliases: [another name], or []",
  words: "words: { busy wait: 바쁜 대기 }",
  times: 'times: { "300 ms": why }',
};

function checkFrontmatter(note: Note): Finding[] {
  const parsed = noteSchema.safeParse(note.frontmatter);
  const findings = (parsed.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        atKey(
          note,
          key,
          `Front matter: there is no key “${key}”. ${nearest(key, Object.keys(FORMS))}`,
        ),
      );
    }
    const key = String(issue.path[0]) as keyof typeof FORMS;
    const fault = note.keyLines.has(key)
      ? `“${issue.path.join(".")}” is wrong (${issue.message})`
      : `“${key}” is missing`;
    return [atKey(note, key, `Front matter: ${fault}: write ${FORMS[key]}.`)];
  });
  const isKorean = /\p{Script=Hangul}/u.test(note.title);
  if (isKorean && note.frontmatter["term"] === undefined) {
    findings.push(
      at(note, 1, `Front matter: “term” is missing: write ${FORMS.term}.`),
    );
  }
  return findings;
}

function checkPlace(note: Note, { slugs }: Book): Finding[] {
  if (slugs.includes(note.slug)) return [];
  return [
    at(
      note,
      1,
      `${PARTS_FILE} lists no “${note.slug}”: add it to the part in which it is to be read. ${nearest(note.slug, slugs)}`,
    ),
  ];
}

/** Both languages have the same headings, claims, footnotes and examples. */
function checkTwin(note: Note, { notes }: Book): Finding[] {
  const other = otherLanguage(note.language);
  const twin = notes[other].get(note.slug);
  if (!twin) {
    const file = noteFile(other, note.slug);
    return [at(note, 1, `There is no ${file}: write the same note there.`)];
  }
  // Said once for the pair, at the Korean note.
  if (note.language !== "ko") return [];
  const compare = (what: string, of: (note: Note) => string[]) => {
    const [ours, theirs] = [of(note), of(twin)];
    if (ours.join("\n") === theirs.join("\n")) return [];
    return [
      at(
        note,
        1,
        `${what} differ from those of ${twin.file}: here ${list(ours)}; there ${list(theirs)}. Make them the same, in the same order.`,
      ),
    ];
  };
  return [
    ...compare("The levels of the headings", ({ headings }) =>
      headings.map(({ depth }) => "#".repeat(depth)),
    ),
    ...compare("The claims", ({ claims }) => claims.map(({ id }) => `${id}`)),
    ...compare("The footnotes", ({ references }) =>
      references.map(({ id }) => id),
    ),
    ...compare("The examples", ({ examples }) =>
      examples.map(({ show }) => show ?? "the whole file"),
    ),
    ...compare("The drawings", ({ drawings }) => drawings),
    ...checkCode(note, twin),
    ...compare("The notes in `needs`", ({ frontmatter }) =>
      asStrings(frontmatter["needs"]),
    ),
  ];
}

/** Comments are in the language of the note; the rest of the code is code. */
function checkCode(note: Note, twin: Note): Finding[] {
  const bare = (text: string | undefined) =>
    text?.replace(/ *(?:#|\/\/).*$/gm, "");
  const most = Math.max(note.code.length, twin.code.length);
  for (let index = 0; index < most; index++) {
    const [ours, theirs] = [note.code[index], twin.code[index]];
    if (bare(ours?.text) === bare(theirs?.text)) continue;
    const there = theirs ? `line ${theirs.line}` : "nothing";
    const message = `Block of code ${index + 1} differs from that of ${twin.file} (${there} there): make them the same but for comments.`;
    return [at(note, ours?.line ?? 1, message)];
  }
  return [];
}

function checkNeeds(note: Note, { notes, slugs }: Book): Finding[] {
  return asStrings(note.frontmatter["needs"]).flatMap((slug) => {
    if (!notes[note.language].has(slug)) {
      return [
        atKey(
          note,
          "needs",
          `needs: there is no note “${slug}”. ${nearest(slug, slugs)}`,
        ),
      ];
    }
    const circle = pathTo(slug, note.slug, notes[note.language]);
    if (!circle) return [];
    return [
      atKey(
        note,
        "needs",
        `needs: a circle: ${[note.slug, ...circle].join(" → ")}. Drop one of them.`,
      ),
    ];
  });
}

/** The way from one slug along `needs` to another, if there is one. */
function pathTo(
  from: string,
  to: string,
  notes: ReadonlyMap<string, Note>,
  seen = new Set<string>(),
): string[] | undefined {
  if (from === to) return [from];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of asStrings(notes.get(from)?.frontmatter["needs"])) {
    const path = pathTo(next, to, notes, seen);
    if (path) return [from, ...path];
  }
  return undefined;
}

function checkLinks(note: Note, { notes }: Book): Finding[] {
  return note.links.flatMap(({ line, ...link }) => {
    const broken = brokenLink(notes, note.language, link);
    return broken ? [at(note, line, broken)] : [];
  });
}

/** Wiki-links stay in the language and move with the base path; paths do not. */
function checkAddresses(note: Note): Finding[] {
  const ids = note.headings.map(({ id }) => id);
  return note.addresses.flatMap(({ url, line }) => {
    if (/^(?:https?|mailto):/.test(url)) return [];
    const own = url.startsWith("#") ? decodeURIComponent(url.slice(1)) : "";
    if (own && ids.includes(own)) return [];
    const message = own
      ? `“${url}” names no heading of this note. ${nearest(own, ids)}`
      : `“${url}” leads out of the language or the site's base path: write [[slug]] or [[slug#heading]] for a note, a whole address for another site.`;
    return [at(note, line, message)];
  });
}

function checkImages(note: Note): Finding[] {
  return note.wordlessImages.map((line) =>
    at(note, line, "A picture has no words: ![what it shows](address)."),
  );
}

/** A time in prose is a claim, a number of the example, or explained. */
function checkTimes(note: Note, { numbers }: Book): Finding[] {
  const known = numbers.get(note.slug) ?? new Set<number>();
  const explained = Object.keys(
    (note.frontmatter["times"] ?? {}) as Record<string, string>,
  );
  const written = new Set(note.times.map(({ text }) => text));
  return [
    ...note.times
      .filter(({ text, ms }) => !known.has(ms) && !explained.includes(text))
      .map(({ text, line }) =>
        at(
          note,
          line,
          `“${text}” is neither in a claim nor a number of the example: make the sentence a <Claim>, or say in the front matter where it comes from: times: { "${text}": reason }.`,
        ),
      ),
    ...explained
      .filter((text) => !written.has(text))
      .map((text) =>
        atKey(
          note,
          "times",
          `times: the text has no “${text}”: drop the entry.`,
        ),
      ),
  ];
}

function checkClaims(note: Note, { claims }: Book): Finding[] {
  const { test } = filesOf(note.slug);
  const known = claims.get(note.slug) ?? [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { id, line } of note.claims) {
    if (id === undefined) {
      findings.push(at(note, line, 'A claim has no id: <Claim id="…">.'));
    } else if (seen.has(id)) {
      findings.push(
        at(
          note,
          line,
          `The claim “${id}” is stated twice: drop one of the two.`,
        ),
      );
    } else if (!known.includes(id)) {
      findings.push(
        at(note, line, `${test} has no claim “${id}”. ${nearest(id, known)}`),
      );
    }
    if (id !== undefined) seen.add(id);
  }
  for (const id of known.filter((id) => !seen.has(id))) {
    findings.push(
      at(
        note,
        1,
        `${test} proves “${id}”, and no sentence states it: <Claim id="${id}">…</Claim>.`,
      ),
    );
  }
  return findings;
}

function checkExamples(note: Note, { functions }: Book): Finding[] {
  const { example } = filesOf(note.slug);
  const known = functions.get(note.slug);
  if (!known) return [at(note, 1, `There is no ${example}: write it.`)];
  const findings = note.examples.flatMap(({ show, line }) =>
    show === undefined || known.includes(show)
      ? []
      : [
          at(
            note,
            line,
            `${example} has no function “${show}”. ${nearest(show, known)}`,
          ),
        ],
  );
  const whole = note.examples.filter(({ show }) => show === undefined);
  if (whole.length !== 1) {
    findings.push(
      at(
        note,
        whole[1]?.line ?? 1,
        `The whole example stands here ${whole.length} times: write <Example /> once.`,
      ),
    );
  }
  return findings;
}

function checkFootnotes(note: Note): Finding[] {
  const findings: Finding[] = [];
  const defined = note.footnotes.map(({ id }) => id);
  const used = new Set(note.references.map(({ id }) => id));
  for (const { id, line } of note.references) {
    if (!defined.includes(id)) {
      findings.push(
        at(note, line, `The footnote [^${id}] is missing: add “[^${id}]: …”.`),
      );
    }
  }
  note.footnotes.forEach(({ id, line }, index) => {
    if (defined.indexOf(id) !== index) {
      findings.push(
        at(
          note,
          line,
          `The footnote [^${id}] stands twice: drop one, or name it otherwise.`,
        ),
      );
    } else if (!used.has(id)) {
      findings.push(
        at(
          note,
          line,
          `Nothing refers to the footnote [^${id}]: use or drop it.`,
        ),
      );
    }
  });
  return findings;
}

function checkHeadings(note: Note): Finding[] {
  let above = 1;
  return note.headings.flatMap(({ depth, line, text }) => {
    const skips = depth > above + 1 || depth === 1;
    const expected = Math.max(2, Math.min(depth, above + 1));
    above = depth;
    if (!skips) return [];
    return [
      at(
        note,
        line,
        `The heading “${text}” is of level ${depth}: make it level ${expected}.`,
      ),
    ];
  });
}

/** Words as `wc -w` counts them: what white space parts. */
function countWords(prose: string): number {
  return prose.split(/\s+/).filter((word) => word !== "").length;
}

function checkLength(note: Note): Finding[] {
  const words = countWords(note.prose);
  if (words >= FEWEST_WORDS && words <= MOST_WORDS) return [];
  return [
    at(
      note,
      1,
      `The note has ${words} words: ${FEWEST_WORDS} to ${MOST_WORDS} can be read in one sitting and still teach.`,
    ),
  ];
}

/** In Korean, every word of example and test that the page shows has its own. */
function checkWords(note: Note, { evidence }: Book): Finding[] {
  const recorded = evidence.get(note.slug);
  if (note.language === "en") {
    if (note.frontmatter["words"] === undefined) return [];
    const message = "words: only a note in Korean has them: drop the key.";
    return [atKey(note, "words", message)];
  }
  if (!recorded) return [];
  const words = Object.keys(
    (note.frontmatter["words"] ?? {}) as Record<string, string>,
  );
  const shown = new Set([
    ...recorded.spans.flatMap(({ name, track }) => [name, track ?? name]),
    ...recorded.points.flatMap(({ name, track }) => [name, track ?? name]),
    ...Object.values(recorded.claims).flatMap(({ figure, controls }) => [
      figure,
      ...Object.keys(controls),
    ]),
  ]);
  return [
    ...[...shown]
      .filter((word) => !words.includes(word))
      .map((word) =>
        atKey(
          note,
          "words",
          `words: the page shows “${word}”: add its Korean.`,
        ),
      ),
    ...words
      .filter((word) => !shown.has(word))
      .map((word) =>
        atKey(
          note,
          "words",
          `words: the page shows no “${word}”: drop the entry.`,
        ),
      ),
  ];
}

function checkAliases(language: Language, { notes }: Book): Finding[] {
  const owners = new Map<string, Note>();
  const findings: Finding[] = [];
  for (const note of notes[language].values()) owners.set(note.slug, note);
  for (const note of notes[language].values()) {
    for (const alias of note.aliases) {
      const owner = owners.get(alias);
      if (owner) {
        findings.push(
          atKey(
            note,
            "aliases",
            `aliases: “${alias}” already names ${owner.file}: drop it from one of the two.`,
          ),
        );
      }
      owners.set(alias, note);
    }
  }
  return findings;
}

function list(items: readonly string[]): string {
  return items.join(", ") || "none";
}
