import { z } from "astro/zod";

/** A note's front matter. What git, the path or the links say is not in it. */
export const noteSchema = z.strictObject({
  title: z.string().min(1),
  /** The English term, in notes in Korean. */
  term: z.string().min(1).optional(),
  /** One sentence: the page's lead, its preview and its search result. */
  definition: z.string().min(1),
  /** Slugs of the notes to read first. */
  needs: z.array(z.string()),
  /** Other names that a wiki-link may use. */
  aliases: z.array(z.string()),
  /** In Korean: the words for what example and test say in English. */
  words: z.record(z.string(), z.string()).optional(),
  /** In Korean: what each paragraph of its programs' comments says. */
  comments: z.record(z.string(), z.string().min(1)).optional(),
  /** Times in the text that no claim and no constant has, each with its reason. */
  times: z.record(z.string(), z.string().min(1)).optional(),
});
