import { checksumOf } from "../book/checksum.ts";
import { measuringHashAt } from "../book/code-hash.ts";
import type { Evidence } from "../book/evidence.ts";
import { filesOf } from "../book/files.ts";
import type { Json } from "../book/json.ts";
import type { Reason, RuntimeId, RuntimeResults } from "../book/runtimes.ts";
import {
  asksForReason,
  isStale,
  programAsksForReason,
  reasonFor,
  REASONS_FILE,
  recordCommand,
  runtimeFile,
  RUNTIMES,
} from "../book/runtimes.ts";
import type { Finding } from "./finding.ts";

/** What was measured on other runtimes, as far as it can be read. */
export interface Elsewhere {
  results: ReadonlyMap<RuntimeId, Json<RuntimeResults>>;
  /** Nothing where the file cannot be read. */
  reasons: Json<Reason[]> | undefined;
}

/** What is there of a slug today. */
interface Today {
  slug: string;
  hash: Partial<Evidence["hash"]>;
  test: string | undefined;
}

/** What is wrong with the results of other runtimes. */
export function checkRuntimes(
  { results, reasons }: Elsewhere,
  slugs: readonly Today[],
  measuringAt = measuringHashAt,
): Finding[] {
  return [
    ...checkChanged(results, slugs),
    ...checkAge(results, slugs, measuringAt),
    ...(reasons ? checkReasons(results, reasons) : []),
  ];
}

/** A result is what a recording wrote, of an example that is there. */
function checkChanged(
  results: Elsewhere["results"],
  slugs: readonly Today[],
): Finding[] {
  const known = new Set(slugs.map(({ slug }) => slug));
  return [...results].flatMap(([runtime, { value, lineOf }]) =>
    Object.entries(value).flatMap(([slug, result]) => {
      const at = { file: runtimeFile(runtime), line: lineOf([slug]), slug };
      if (!known.has(slug)) {
        const message = `There is no ${filesOf(slug).example}: drop “${slug}” from here.`;
        return [{ ...at, message }];
      }
      if (result.checksum === checksumOf(result)) return [];
      const message = `“${slug}” was changed after it was recorded, by hand or by a merge (its checksum is another's): ${recordCommand([runtime], slug)}`;
      return [{ ...at, message }];
    }),
  );
}

/**
 * Warnings: not everybody has all runtimes, and the pages say what is older
 * than its example.
 */
function checkAge(
  results: Elsewhere["results"],
  slugs: readonly Today[],
  measuringAt: typeof measuringHashAt,
): Finding[] {
  if (results.size === 0) return [];
  const tested = slugs.filter(({ test }) => test !== undefined);
  /** The slugs by the runtimes that have to measure them again. */
  const bySame = Map.groupBy(tested, ({ slug, hash }) => {
    const measuring = {
      browser: measuringAt(true, slug),
      commandLine: measuringAt(false, slug),
    };
    return [...results.keys()]
      .filter((runtime) => {
        const result = results.get(runtime)!.value[slug];
        const { isBrowser } = RUNTIMES[runtime];
        const at = measuring[isBrowser ? "browser" : "commandLine"];
        return !result || isStale(result, { ...hash, measuring: at });
      })
      .join();
  });
  return [...bySame].flatMap(([names, group]): Finding[] => {
    if (names === "") return [];
    const old = names.split(",") as RuntimeId[];
    const isAll = group.length === tested.length;
    const of = isAll ? [] : group.map(({ slug }) => slug);
    const what = isAll ? "all examples" : of.join(", ");
    const message = `Of ${what} there is nothing of today's code from ${old.map((one) => RUNTIMES[one].name).join(", ")}: ${recordCommand(old, ...of)}`;
    const file = runtimeFile(old[0]!);
    // About each of them, and reported once.
    return group.map(({ slug }) => ({
      file,
      line: 1,
      slug,
      message,
      isWarning: true,
    }));
  });
}

/** What does not hold, or came to no verdict, is explained, and nothing else. */
function checkReasons(
  results: Elsewhere["results"],
  { value: reasons, lineOf }: Json<Reason[]>,
): Finding[] {
  const asking = new Set<string>();
  const unexplained = [...results].flatMap(([runtime, json]) =>
    Object.entries(json.value).flatMap(([slug, { claims, program }]) => {
      const ask = (what: string, path: string[]): Finding[] => {
        asking.add(`${what} ${runtime}`);
        if (reasonFor(reasons, what, runtime)) return [];
        const message = `“${what}” is not what it is in Node 24, and nobody says why: add to ${REASONS_FILE} { "of": ["${what}"], "on": ["${runtime}"], "en": "A sentence.", "ko": "문장이다." }`;
        const [file, line] = [runtimeFile(runtime), json.lineOf(path)];
        return [{ file, line, slug, message }];
      };
      return [
        ...(program && programAsksForReason(program)
          ? ask(slug, [slug, "program"])
          : []),
        ...Object.entries(claims)
          .filter(([, outcome]) => asksForReason(outcome))
          .flatMap(([id]) => ask(`${slug}/${id}`, [slug, "claims", id])),
      ];
    }),
  );
  const idle = reasons.flatMap(({ of, on }, index) =>
    of.flatMap((what) =>
      on
        // What was not measured there may ask for it yet.
        .filter((one) => results.get(one)?.value[what.split("/")[0]!])
        .filter((one) => !asking.has(`${what} ${one}`))
        .map((runtime) => ({
          file: REASONS_FILE,
          line: lineOf([index, "of", of.indexOf(what)]),
          slug: what.split("/")[0]!,
          message: `“${what}” asks for no reason on ${RUNTIMES[runtime].name}: drop it, or “${runtime}”.`,
          isWarning: true,
        })),
    ),
  );
  return [...unexplained, ...idle];
}
