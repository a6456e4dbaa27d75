import { z } from "astro/zod";
import { readAs } from "./json.ts";

/** Which tracks of a program begin another variant of what it shows. */
export const VARIANTS_FILE = "src/content/variants.json";

const variantsSchema = z.record(z.string(), z.array(z.string()).min(1));

/** By slug: the tracks of its programs that begin a variant. */
export type Variants = z.infer<typeof variantsSchema>;

/**
 * Reads the variants.
 *
 * @throws FileError with the line of what is none
 */
export function parseVariants(text: string) {
  const toDo = () => 'each slug has its tracks: "busy-wait": ["poll", "timer"]';
  return readAs(variantsSchema, text, VARIANTS_FILE, toDo);
}
