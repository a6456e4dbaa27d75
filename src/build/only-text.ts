import type { MdastPluginEntry } from "satteri";
import { FileError } from "../book/file-error.ts";
import { noteAt, noteFile } from "../book/files.ts";
import { mdxTree } from "../book/note-tree.ts";
import { notText } from "../book/not-text.ts";

/**
 * Refuses a note that is more than Markdown and our components, before it is
 * compiled: after that it would run with the rights of whoever builds the site.
 * `npm run check` says the same, all at once.
 *
 * @throws FileError for the first that there is
 */
export const onlyText: MdastPluginEntry = ({ fileURL, source }) => {
  const note = noteAt(fileURL);
  const [first] = note ? notText(mdxTree(source)) : [];
  if (note && first) {
    const file = noteFile(note.language, note.slug);
    throw new FileError(file, first.line, first.fault);
  }
};
