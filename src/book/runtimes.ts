/** What the claims are on other runtimes than the Node of the evidence. */
import { z } from "astro/zod";
import { faultOf } from "../measure/measure-claim.ts";
import { claimSchema, evidenceSchema } from "./evidence.ts";
import { readAs } from "./json.ts";

/** The runtimes on which claims are measured, beside the Node of the evidence. */
export const RUNTIMES = {
  node22: { name: "Node 22", isBrowser: false },
  node26: { name: "Node 26", isBrowser: false },
  deno: { name: "Deno", isBrowser: false },
  bun: { name: "Bun", isBrowser: false },
  chromium: { name: "Chromium", isBrowser: true },
  firefox: { name: "Firefox", isBrowser: true },
  webkit: { name: "WebKitGTK", isBrowser: true },
} as const;

export type RuntimeId = keyof typeof RUNTIMES;
export const RUNTIME_IDS = Object.keys(RUNTIMES) as RuntimeId[];

/** Why some claims are not what they are in Node 24. */
export const REASONS_FILE = "src/content/reasons.json";

/** Where the results of a runtime are kept, from the project's root. */
export function runtimeFile(runtime: RuntimeId): string {
  return `src/content/runtimes/${runtime}.json`;
}

/** Whose results a file has; nothing if it is no such file. */
export function runtimeAt(file: string): RuntimeId | undefined {
  return RUNTIME_IDS.find((runtime) => runtimeFile(runtime) === file);
}

/** The command that measures some slugs there, or all of them. */
export function recordCommand(
  runtimes: readonly RuntimeId[],
  ...slugs: string[]
): string {
  const names =
    runtimes.length === RUNTIME_IDS.length ? "all" : runtimes.join(",");
  return ["npm run record -- --runtime", names, ...slugs].join(" ");
}

const outcomeSchema = z.union([
  /** It was measured, whether or not it holds. */
  claimSchema,
  /** It lacks this, one of the claim's needs or Node. */
  z.strictObject({ missing: z.string() }),
  /** One run had not ended after so many seconds. */
  z.strictObject({ hungAfter: z.number().int().positive() }),
  /** Something was thrown, or the process ended. */
  z.strictObject({ failed: z.string() }),
  /** In some run it came to no number. */
  z.strictObject({ noFigure: z.literal(true) }),
]);

const programSchema = z.union([
  z.strictObject({ ended: z.literal(true) }),
  z.strictObject({ hungAfter: z.number().int().positive() }),
  z.strictObject({ failed: z.string() }),
]);

const slugSchema = z.strictObject({
  /** That of the code that measures is of what does there. */
  hash: evidenceSchema.shape.hash,
  recorded: evidenceSchema.shape.recorded.omit({ packages: true }),
  /** How the example itself ran, where there is a command line. */
  program: programSchema.optional(),
  /** By id. What is explored in every order is not run again. */
  claims: z.record(z.string(), outcomeSchema),
  /** Of all of this, by `checksumOf`. */
  checksum: z.string().optional(),
});

/** The results of one runtime, by slug. */
export const runtimeSchema = z.record(z.string(), slugSchema);

export type Outcome = z.infer<typeof outcomeSchema>;
export type ProgramOutcome = z.infer<typeof programSchema>;
export type SlugResult = z.infer<typeof slugSchema>;
export type RuntimeResults = z.infer<typeof runtimeSchema>;

/**
 * Reads what was measured on a runtime.
 *
 * @throws FileError with the line if it is something else
 */
export function parseRuntime(text: string, runtime: RuntimeId) {
  const toDo = (path: readonly PropertyKey[]) =>
    `a recording writes this file: ${recordCommand([runtime], path[0] as string)}`;
  return readAs(runtimeSchema, text, runtimeFile(runtime), toDo);
}

/** Whether a claim holds somewhere, does not, or cannot be measured. */
export type Verdict = "holds" | "falls" | "unmeasured";

/** Judges as the test does: the bound holds for the subject and for no control. */
export function verdictOf(outcome: Outcome): Verdict {
  if (!("subject" in outcome)) return "unmeasured";
  return faultOf(outcome) ? "falls" : "holds";
}

/**
 * Whether somebody has to say in words why it is so: what a claim lacks is said
 * by itself, and what holds needs no reason.
 */
export function asksForReason(outcome: Outcome): boolean {
  return !("missing" in outcome) && verdictOf(outcome) !== "holds";
}

/** The same of the program itself: each ends by itself, and well. */
export function programAsksForReason(program: ProgramOutcome): boolean {
  return !("ended" in program);
}

/** Whether a result is of other code than there is today, as far as it is known. */
export function isStale(
  { hash }: SlugResult,
  today: Partial<SlugResult["hash"]>,
): boolean {
  return (["example", "test", "measuring"] as const).some(
    (of) => today[of] !== undefined && today[of] !== hash[of],
  );
}

const reasonsSchema = z.array(
  z.strictObject({
    /** As "slug/id"; "slug" for the program itself. */
    of: z.array(z.string()).min(1),
    on: z.array(z.enum(RUNTIME_IDS)).min(1),
    en: z.string().regex(/^[A-Z].{20,}\.$/s),
    ko: z.string().regex(/.{10,}다\.$/s),
  }),
);

/** Why something is not as in Node 24: a sentence or two in each language. */
export type Reason = z.infer<typeof reasonsSchema>[number];

/**
 * Reads the reasons.
 *
 * @throws FileError with the line of what is none
 */
export function parseReasons(text: string) {
  const toDo = () =>
    'each reason is { "of": ["slug/id"], "on": ["deno"], "en": "A sentence.", "ko": "문장이다." }';
  return readAs(reasonsSchema, text, REASONS_FILE, toDo);
}

/** The reason that is given for a claim, or a program, on a runtime. */
export function reasonFor(
  reasons: readonly Reason[],
  what: string,
  runtime: RuntimeId,
): Reason | undefined {
  return reasons.find(
    ({ of, on }) => of.includes(what) && on.includes(runtime),
  );
}
