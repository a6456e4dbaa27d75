import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { allExamples, unknownExample } from "../../book/examples.ts";
import { FileError } from "../../book/file-error.ts";
import type { Program } from "../../book/programs.ts";
import { programsOf } from "../../book/programs.ts";

/** Something that the person who typed the command can mend. */
export class CommandError extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<
  typeof parseArgs<{
    options: O;
    allowPositionals: true;
    allowNegative: true;
  }>
>["values"];

interface Command<O extends Options> {
  /** What `--help` prints. */
  usage: string;
  options: O;
  /** Does the work. @returns the exit code; 0 if left out */
  run: (
    values: Values<O>,
    positionals: string[],
  ) => Promise<number | void> | number | void;
}

/**
 * The frame of all commands: flags, `--help`, and one clear message for a
 * mistake of the person who typed it.
 *
 * @returns runs the command with its arguments and resolves to the exit code;
 *   rejects with what is no mistake of theirs
 */
export function command<O extends Options>({
  usage,
  options,
  run,
}: Command<O>): (argv?: readonly string[]) => Promise<number> {
  return async (argv = process.argv.slice(2)) => {
    try {
      const { values, positionals } = parseArgs({
        args: [...argv],
        options: { ...options, help: { type: "boolean", short: "h" } },
        allowPositionals: true,
        allowNegative: true,
      });
      if ((values as { help?: boolean }).help) {
        console.log(usage);
        return 0;
      }
      const kept = Object.keys(options).find(npmKept);
      if (kept !== undefined) {
        throw new CommandError(
          `npm kept --${kept} for itself: put -- in front of all flags.\n\n${usage}`,
        );
      }
      return (await run(values as unknown as Values<O>, positionals)) ?? 0;
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      if (String(code).startsWith("ERR_PARSE_ARGS")) {
        console.error(`${message}\n\n${usage}`);
      } else if (error instanceof CommandError || error instanceof FileError) {
        console.error(message);
      } else {
        throw error;
      }
      return 1;
    }
  };
}

/** Whether npm took a flag of ours for one of its own: no `--` was before it. */
function npmKept(flag: string): boolean {
  return `npm_config_${flag.replaceAll("-", "_")}` in process.env;
}

/**
 * The slugs that were named, or all of them if none was.
 *
 * @throws CommandError if one of them has no example
 */
export function slugsOf(positionals: readonly string[]): string[] {
  for (const slug of positionals) {
    const unknown = unknownExample(slug);
    if (unknown !== undefined) throw new CommandError(unknown);
  }
  return positionals.length > 0 ? [...positionals] : allExamples();
}

/**
 * The programs of the slugs, those in one language if it is named.
 *
 * @throws CommandError if there are none in it
 */
export function programsIn(
  language: string | undefined,
  slugs: readonly string[],
): Program[] {
  const programs = slugs.flatMap((slug) => programsOf(slug));
  if (language === undefined) return programs;
  const named = programs.filter((program) => program.language === language);
  if (named.length > 0) return named;
  const known = [...new Set(programs.map((program) => program.language))];
  throw new CommandError(
    `There is no program in “${language}” of ${slugs.join(", ")}: only in ${known.join(" and ")}.`,
  );
}

/**
 * Reads a whole number from what was written for a flag.
 *
 * @throws CommandError if it is none, or below `least`
 */
export function wholeNumber(
  flag: string,
  written: string,
  least: number,
): number {
  const number = Number(written);
  if (Number.isInteger(number) && number >= least) return number;
  throw new CommandError(
    `${flag} takes a whole number from ${least} on, not “${written}”.`,
  );
}
