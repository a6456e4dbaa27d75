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
