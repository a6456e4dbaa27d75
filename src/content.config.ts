import { glob } from "astro/loaders";
import { defineCollection } from "astro:content";
import { evidenceSchema } from "./book/evidence.ts";
import { mutationSchema } from "./book/mutation.ts";
import { runtimeSchema } from "./book/runtimes.ts";
import { noteSchema } from "./book/note-schema.ts";

export const collections = {
  notes: defineCollection({
    loader: glob({ pattern: "*/*.mdx", base: "src/content/notes" }),
    schema: noteSchema,
  }),
  evidence: defineCollection({
    loader: glob({ pattern: "**/*.json", base: "src/content/evidence" }),
    schema: evidenceSchema,
  }),
  runtimes: defineCollection({
    loader: glob({ pattern: "*.json", base: "src/content/runtimes" }),
    schema: runtimeSchema,
  }),
  mutation: defineCollection({
    loader: glob({ pattern: "*.json", base: "src/content/mutation" }),
    schema: mutationSchema,
  }),
};
