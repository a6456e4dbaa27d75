import { z } from "astro/zod";

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

/** Broken versions, by slug or `code`, that no reader could tell from the program. */
export const excusesSchema = z.record(
  z.string(),
  z.array(
    z.strictObject({
      /** The code that is replaced, in one line. */
      original: z.string(),
      replacement: z.string(),
      /** Why no reader could see the difference, in a sentence. */
      why: z.string().regex(/^[A-Z].{20,}\.$/),
    }),
  ),
);

export type Excuse = z.infer<typeof excusesSchema>[string][number];
