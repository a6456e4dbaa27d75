import type { SearchNote } from "./search-note.ts";
import type { Shard } from "./terms.ts";
import { likeliest, shardOf, termsOf } from "./terms.ts";

/**
 * Loads the notes in which a query may be found, each file once.
 *
 * The promise is rejected where one of the files does not come.
 *
 * @param list the address of the language's first page; the files are below it
 * @param shards how many there are
 */
export function likelyNotes(
  list: string,
  shards: number,
): (query: string) => Promise<SearchNote[]> {
  const files = new Map<string, Promise<unknown>>();
  const load = <File>(name: string): Promise<File> => {
    let file = files.get(name);
    if (!file) {
      file = fetch(`${list}search/${name}.json`).then(readJson);
      // What did not come is asked for again.
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return file as Promise<File>;
  };
  return async (query) => {
    const terms = termsOf(query);
    const numbers = new Set(terms.map((term) => shardOf(term, shards)));
    const loaded = await Promise.all(
      [...numbers].map((number) => load<Shard>(`terms-${number}`)),
    );
    const notes = likeliest(terms, loaded);
    return Promise.all(notes.map((number) => load<SearchNote>(String(number))));
  };
}

/** @throws if the server has no such file */
export function readJson(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
}
