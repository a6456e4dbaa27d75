import { z } from "astro/zod";
import { UNITS } from "../measure/measured-claim.ts";
import { filesOf } from "./files.ts";
import { readAs } from "./json.ts";
import type { Program } from "./programs.ts";

const boundSchema = z.strictObject({
  is: z.enum(["=", "≥", "≤", ">", "<"]),
  value: z.number(),
});

const samplesSchema = z.array(z.number()).min(1);

export const claimSchema = z.strictObject({
  /** What is measured, in English words; notes in Korean translate it. */
  figure: z.string(),
  unit: z.enum(UNITS),
  bound: boundSchema,
  /** The subject's figure in each run, in the order of the runs. */
  subject: samplesSchema,
  /** The same for every control, by its name. The bound fails for each. */
  controls: z.record(
    z.string(),
    z.strictObject({ leavesOut: z.string(), figures: samplesSchema }),
  ),
});

const deed = {
  who: z.number().int().positive(),
  kind: z.string(),
  cell: z.number().optional(),
  value: z.number().optional(),
  line: z.number().optional(),
};
const stepSchema = z.strictObject({
  ...deed,
  also: z.array(z.strictObject(deed)).optional(),
});

const ordersSchema = {
  of: z.enum(["tasks", "threads"]),
  count: z.number().int().positive(),
  lateness: z.number().optional(),
  orders: z.string().nullable(),
  outcomes: z
    .array(
      z.strictObject({
        figure: z.number().nullable(),
        end: z.string().optional(),
        orders: z.string().nullable(),
        holds: z.boolean(),
      }),
    )
    .min(1),
  witness: z.array(stepSchema).optional(),
  places: z
    .array(
      z.strictObject({
        next: z.array(z.strictObject({ step: stepSchema, to: z.number() })),
        figure: z.number().nullable().optional(),
        end: z.string().optional(),
      }),
    )
    .optional(),
};

const orderClaimSchema = z.strictObject({
  figure: z.string(),
  unit: z.enum(UNITS),
  bound: boundSchema,
  subject: z.strictObject(ordersSchema),
  controls: z.record(
    z.string(),
    z.strictObject({ leavesOut: z.string(), ...ordersSchema }),
  ),
});

const laneEntry = {
  name: z.string(),
  /** Left out where it is the name. */
  track: z.string().optional(),
  /** Left out on the main thread. */
  thread: z.number().int().positive().optional(),
};

/** What the last recording of one example measured: one file a slug. */
export const evidenceSchema = z.strictObject({
  /** What the recording ran, by `codeHash`. */
  hash: z.strictObject({
    example: z.string(),
    /** With what it imports beside the example and `#claim`. */
    test: z.string(),
    /** Of all code that measures, by `hashesOf` or `measuringHashAt`. */
    measuring: z.string(),
  }),
  recorded: z.strictObject({
    /** Day, as YYYY-MM-DD. */
    date: z.iso.date(),
    /** With its version: "Deno 2.9.6". */
    runtime: z.string(),
    /** The packages that a program in Python imports, with their versions. */
    packages: z.record(z.string(), z.string()).optional(),
    os: z.string(),
    cpu: z.string(),
    cores: z.number().int().positive(),
  }),
  /** The lines that the quietest run printed. */
  output: z.array(z.string()).min(1),
  /** Its spans, in ms since the first of them or of the points. */
  spans: z.array(
    z.strictObject({
      ...laneEntry,
      start: z.number(),
      end: z.number(),
      cpu: z.number().optional(),
      idle: z.number().optional(),
      turns: z.number().optional(),
      /** What was measured inside the span many times, for a distribution. */
      samples: samplesSchema.optional(),
    }),
  ),
  points: z.array(z.strictObject({ ...laneEntry, at: z.number() })),
  claims: z.record(z.string(), claimSchema),
  /** What was explored in every order, by the id of its claim. */
  inEveryOrder: z.record(z.string(), orderClaimSchema).default({}),
  /** Of all of this, by `checksumOf`. The check asks for it. */
  checksum: z.string().optional(),
});

/**
 * Reads what a recording wrote.
 *
 * @throws FileError with the line if it is something else
 */
export function parseEvidence(
  text: string,
  slug: string,
  { evidence }: Pick<Program, "evidence"> = filesOf(slug),
): Evidence {
  const toDo = () => `a recording writes this file: npm run record ${slug}`;
  return readAs(evidenceSchema, text, evidence, toDo).value;
}

/** Whether a claim was recorded, measured in runs or explored in every order. */
export function proves(
  { claims, inEveryOrder }: Evidence,
  id: string,
): boolean {
  return id in claims || id in inEveryOrder;
}

export type Evidence = z.infer<typeof evidenceSchema>;
export type ClaimEvidence = z.infer<typeof claimSchema>;
