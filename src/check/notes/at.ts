import type { Note } from "../../book/note.ts";
import type { Finding } from "../finding.ts";

/** What is to be said of a line of a note. */
export function at(note: Note, line: number, message: string): Finding {
  return { file: note.file, line, message };
}

/** What is to be said of a key of the front matter. */
export function atKey(note: Note, key: string, message: string): Finding {
  return at(note, note.keyLines.get(key) ?? 1, message);
}

/** What is to be said of those of a note's items that have a fault. */
export function atEach<Item extends { line: number }>(
  note: Note,
  items: readonly Item[],
  faultOf: (item: Item, index: number) => string | undefined,
): Finding[] {
  return items.flatMap((item, index) => {
    const fault = faultOf(item, index);
    return fault === undefined ? [] : [at(note, item.line, fault)];
  });
}
