import { defineMdastPlugin } from "satteri";
import { FileError } from "../book/file-error.ts";
import { noteAt, noteFile } from "../book/files.ts";
import { asWikiLink, brokenLink, findNote, shownFor } from "../book/links.ts";
import { readNotes } from "../book/read-notes.ts";

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
      const owner = noteAt(context.fileURL);
      if (!link || !owner) return;
      const { language, slug } = owner;
      const notes = readNotes();
      const broken = brokenLink(notes, language, link);
      const note = findNote(notes, language, link.target);
      if (broken || !note) {
        const line = node.position?.start.line ?? 1;
        throw new FileError(noteFile(language, slug), line, broken ?? "");
      }
      const fragment =
        link.fragment === undefined ? "" : `#${encodeURI(link.fragment)}`;
      const url = `${base.replace(/\/$/, "")}/${language}/${note.slug}/${fragment}`;
      context.setProperty(node, "url", url);
      const value = shownFor(link, context.textContent(node), note, notes);
      if (value !== undefined) {
        context.setProperty(node, "children", [{ type: "text", value }]);
      }
    },
  });
}
