import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineMdastPlugin } from "satteri";
import type { Language } from "../languages.ts";
import { LANGUAGES } from "../languages.ts";
import { nearest } from "./nearest.ts";
import type { Note, Notes, WikiLink } from "./note.ts";
import { asWikiLink, readNotes } from "./note.ts";

/** The note that a slug or an alias names, in one language. */
export function findNote(
  notes: Notes,
  language: Language,
  target: string,
): Note | undefined {
  const bySlug = notes[language].get(target);
  if (bySlug) return bySlug;
  for (const note of notes[language].values()) {
    if (note.aliases.includes(target)) return note;
  }
  return undefined;
}

/**
 * Says what is wrong with a wiki-link and what could be meant; nothing if it
 * leads to a note, and to a heading of it where it names one.
 */
export function brokenLink(
  notes: Notes,
  language: Language,
  { target, fragment }: Pick<WikiLink, "target" | "fragment">,
): string | undefined {
  const note = findNote(notes, language, target);
  if (!note) {
    const known = [...notes[language].values()].flatMap(({ slug, aliases }) => [
      slug,
      ...aliases,
    ]);
    return `[[${target}]] leads to no note in “${language}”. ${nearest(target, known)}`;
  }
  if (fragment === undefined) return undefined;
  const ids = note.headings.map(({ id }) => id);
  if (ids.includes(fragment)) return undefined;
  return `[[${target}#${fragment}]] names no heading of ${note.file}. ${nearest(fragment, ids)}`;
}

/**
 * A title as it stands in the middle of a sentence: "Event loop" loses its
 * capital, "HTTP" and "FastAPI" do not.
 */
export function withinSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z]+(?:\s|$))/, (letter) =>
    letter.toLowerCase(),
  );
}

/**
 * Resolves wiki-links in the language of the note in which they stand, with
 * the base path. A link without words of its own gets the target's title.
 *
 * @throws for an unknown note or heading, with file, line and what is near
 */
export function wikiLinks({ base }: { base: string }) {
  return defineMdastPlugin({
    name: "wiki-links",
    options: { position: true },
    link(node, context) {
      const link = asWikiLink(node.url);
      if (!link || !context.fileURL) return;
      const path = fileURLToPath(context.fileURL);
      const language = basename(dirname(path)) as Language;
      if (!LANGUAGES.includes(language)) return;
      const notes = readNotes();
      const broken = brokenLink(notes, language, link);
      const note = findNote(notes, language, link.target);
      if (broken || !note) {
        const self = notes[language].get(basename(path, ".mdx"));
        const line = node.position?.start.line ?? 1;
        throw new Error(`${self?.file ?? path}:${line}: ${broken}`);
      }
      const fragment =
        link.fragment === undefined ? "" : `#${encodeURI(link.fragment)}`;
      const url = `${base.replace(/\/$/, "")}/${language}/${note.slug}/${fragment}`;
      context.setProperty(node, "url", url);
      if (context.textContent(node) === decodeURI(node.url)) {
        context.setProperty(node, "children", [
          { type: "text", value: withinSentence(note.title) },
        ]);
      }
    },
  });
}
