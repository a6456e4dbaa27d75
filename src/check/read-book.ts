import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { SLUGS } from "../book.ts";
import { evidenceSchema } from "../evidence/evidence.ts";
import { functionNames } from "../evidence/source.ts";
import { readNotes } from "../markdown/note.ts";
import type { Book } from "./check-notes.ts";

/** The book as it is on disk. */
export function readBook(): Book {
  const slugOf = (file: string) => basename(file).split(".")[0]!;
  return {
    notes: readNotes(),
    slugs: SLUGS,
    evidence: new Map(
      globSync("src/content/evidence/*.json").map((file) => [
        slugOf(file),
        evidenceSchema.parse(JSON.parse(readFileSync(file, "utf8"))),
      ]),
    ),
    functions: new Map(
      globSync("examples/*.ts").map((file) => [
        slugOf(file),
        functionNames(readFileSync(file, "utf8"), file),
      ]),
    ),
  };
}
