import { z } from "astro/zod";
import { filesOf } from "./files.ts";
import { readAs } from "./json.ts";

/** What the claims of one slug made of broken versions of its example. */
export const mutationSchema = z.strictObject({
  /** Hashes of the example and the claims that were tried, as in evidence. */
  hash: z.strictObject({ example: z.string(), test: z.string() }),
  /** How many broken versions the tests noticed. */
  caught: z.number().int().nonnegative(),
  /** Of how many, without those that are excused. */
  of: z.number().int().positive(),
  /** How many no reader could tell from the program as it is. */
  excused: z.number().int().nonnegative(),
});

export type Mutation = z.infer<typeof mutationSchema>;

/**
 * Reads how many broken versions of an example were caught.
 *
 * @throws FileError with the line if it is something else
 */
export function parseMutation(text: string, slug: string): Mutation {
  const toDo = () => `npm run mutate ${slug} writes this file.`;
  return readAs(mutationSchema, text, filesOf(slug).mutation, toDo).value;
}

/**
 * Broken versions that no reader could tell from the program, by its slug, or
 * by the file of what measures and draws.
 */
export const excusesSchema = z.record(
  z.string(),
  z.array(
    z.strictObject({
      /** The code that is replaced, in one line. */
      original: z.string(),
      replacement: z.string(),
      /** How many survivors have this text: in as many places it stands. */
      times: z.int().min(1).default(1),
      /** Why no reader could see the difference, in a sentence. */
      why: z.string().regex(/^[A-Z].{20,}\.$/),
    }),
  ),
);

export type Excuse = z.infer<typeof excusesSchema>[string][number];
