/** `npm run record -- --runtime …`: measures the claims on other runtimes. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { checksumOf } from "../../book/checksum.ts";
import { hashesOf, measuringHashAt } from "../../book/code-hash.ts";
import { filesOf } from "../../book/files.ts";
import type {
  Outcome,
  RuntimeId,
  RuntimeResults,
  SlugResult,
} from "../../book/runtimes.ts";
import {
  parseRuntime,
  RUNTIME_IDS,
  runtimeFile,
  RUNTIMES,
  runtimeSchema,
  verdictOf,
} from "../../book/runtimes.ts";
import { idsOfRunClaims } from "../../book/source.ts";
import { readText } from "../../book/text.ts";
import { explain } from "../../measure/explain.ts";
import { faultOf } from "../../measure/measure-claim.ts";
import { binaryOf } from "../../runtimes/binary.ts";
import { openCommandLine } from "../../runtimes/command-line.ts";
import { openBrowser } from "../../runtimes/in-browser.ts";
import type { Place } from "../../runtimes/place.ts";
import { CommandError } from "../frame/command.ts";
import { writeJson } from "../frame/write-json.ts";
import { hereAndNow } from "./here-and-now.ts";

/** How `recordElsewhere` measures, and what it tells. */
export interface ElsewhereOptions {
  runs: number;
  /** A file to which to add each claim that held in the results before. */
  fallen: string | undefined;
  tell: (progress: string) => void;
}

/**
 * The runtimes that are named, "deno,bun", or all of them.
 *
 * @throws CommandError if one of them is none
 */
export function runtimesNamed(names: string): RuntimeId[] {
  if (names === "all") return RUNTIME_IDS;
  return names.split(",").map((name) => {
    const found = RUNTIME_IDS.find((runtime) => runtime === name);
    if (found) return found;
    throw new CommandError(
      `There is no runtime “${name}”. They are: ${RUNTIME_IDS.join(", ")}, all. Node 24 is the one of the evidence: npm run record.`,
    );
  });
}

/**
 * Measures the claims of the slugs on a runtime, and writes each slug's results
 * as it is done.
 *
 * @returns whether the runtime is there
 */
export async function recordElsewhere(
  runtime: RuntimeId,
  slugs: readonly string[],
  options: ElsewhereOptions,
): Promise<boolean> {
  const place = await open(runtime, slugs);
  if (!place) return false;
  try {
    for (const slug of slugs) {
      const before = read(runtime);
      const result = await measure(place, runtime, slug, options);
      await write(runtime, { ...before, [slug]: result });
      const fallen = newlyFallen(slug, before[slug], result);
      for (const text of fallen) options.tell(`${text}\n`);
      if (options.fallen !== undefined && fallen.length > 0) {
        appendFileSync(options.fallen, `${fallen.join("\n\n")}\n\n`);
      }
      options.tell(`${runtime}: ${slug}: ${tally(result)}\n`);
    }
  } finally {
    await place.close();
  }
  return true;
}

async function open(
  runtime: RuntimeId,
  slugs: readonly string[],
): Promise<Place | undefined> {
  if (RUNTIMES[runtime].isBrowser) return openBrowser(runtime);
  return openCommandLine(binaryOf(runtime), slugs);
}

function read(runtime: RuntimeId): RuntimeResults {
  const file = runtimeFile(runtime);
  return existsSync(file) ? parseRuntime(readText(file), runtime).value : {};
}

async function write(
  runtime: RuntimeId,
  results: RuntimeResults,
): Promise<void> {
  const slugs = Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1));
  const sorted = runtimeSchema.parse(Object.fromEntries(slugs));
  await writeJson(runtimeFile(runtime), sorted);
}

async function measure(
  place: Place,
  runtime: RuntimeId,
  slug: string,
  { runs, tell }: ElsewhereOptions,
): Promise<SlugResult> {
  const { name, isBrowser } = RUNTIMES[runtime];
  const { test } = filesOf(slug);
  const { example: exampleHash, test: testHash } = hashesOf(slug);
  const program = await place.runProgram?.(slug);
  const claims: Record<string, Outcome> = {};
  for (const id of idsOfRunClaims(readFileSync(test, "utf8"), test)) {
    tell(`${runtime}: ${slug}: ${id}, ${runs} times`);
    claims[id] = await place.measure(slug, id, runs);
  }
  const [kind] = name.split(" ");
  const result: SlugResult = {
    hash: {
      example: exampleHash!,
      test: testHash!,
      measuring: measuringHashAt(isBrowser, slug),
    },
    recorded: {
      ...hereAndNow(),
      runtime: `${kind} ${place.version}`,
    },
    ...(program && { program }),
    claims,
  };
  return { ...result, checksum: checksumOf(result) };
}

/** What to tell of each claim that held before and does not now. */
export function newlyFallen(
  slug: string,
  before: SlugResult | undefined,
  { claims, recorded }: SlugResult,
): string[] {
  return Object.entries(claims).flatMap(([id, outcome]) => {
    const held = before?.claims[id];
    if (!held || verdictOf(held) !== "holds") return [];
    if (verdictOf(outcome) === "holds") return [];
    const machine = `${recorded.runtime}, ${recorded.os}; it held on ${before.recorded.runtime}`;
    if (!("subject" in outcome)) {
      return `The claim ${slug}/${id} cannot be measured any more.\n  ${JSON.stringify(outcome)}\n  machine: ${machine}`;
    }
    return explain(slug, id, outcome, faultOf(outcome)!, machine);
  });
}

function tally({ claims }: SlugResult): string {
  const verdicts = Object.values(claims).map(verdictOf);
  const count = (verdict: string) =>
    verdicts.filter((each) => each === verdict).length;
  return `${count("holds")} hold, ${count("falls")} do not, ${count("unmeasured")} cannot be measured`;
}
