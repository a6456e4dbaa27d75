/**
 * `npm run trace <slug>`: runs a program alone and draws its timeline in the
 * terminal, after what it printed.
 */
import { fromZero } from "../measure/from-zero.ts";
import { layoutTimeline } from "../draw/timeline-layout.ts";
import { laneFigure } from "../draw/timeline-svg.ts";
import { ASCII, BLOCKS, timelineText } from "../draw/timeline-text.ts";
import { allExamples } from "../book/examples.ts";
import type { Program } from "../book/programs.ts";
import { PROGRAM_LANGUAGES } from "../book/programs.ts";
import { toTrace } from "../measure/trace-format.ts";
import { command, CommandError, programsIn, slugsOf } from "./frame/command.ts";
import { runnerOf } from "./frame/runner.ts";
import { writeWhole } from "./frame/write-whole.ts";

const USAGE = `Usage: npm run trace -- <slug> [--in LANGUAGE] [--out FILE]

  slug           whose program to run: ${allExamples().join(", ")}
  --in LANGUAGE  ${PROGRAM_LANGUAGES.join(" or ")}; that of the note's main program if left out
  --out FILE     write the run in Chrome's trace event format too`;
/** Where no terminal says how wide it is. */
const WIDTH = 80;

export const main = command({
  usage: USAGE,
  options: { in: { type: "string" }, out: { type: "string" } },
  run: trace,
});

async function trace(
  values: { in?: string | undefined; out?: string | undefined },
  positionals: string[],
): Promise<number> {
  if (positionals.length !== 1) {
    throw new CommandError(`Name one slug.\n\n${USAGE}`);
  }
  const [slug] = slugsOf(positionals) as [string];
  const [program] = programsIn(values.in, [slug]) as [Program];
  const runner = runnerOf(program);
  if ("missing" in runner) {
    throw new CommandError(`${program.example} needs ${runner.missing}.`);
  }
  const run = await runner.run();
  if (run.output !== "") console.log(`${run.output}\n`);
  if (run.hung || run.exitCode !== 0) {
    const end = run.hung ? "hung" : `ended with status ${run.exitCode}`;
    console.error(`${program.example} ${end}.\n${run.errors.trimEnd()}`);
    return 1;
  }
  const zeroed = fromZero(run);
  const layout = layoutTimeline(zeroed);
  const { isTTY } = process.stdout;
  // A pipe has none, whatever its type says.
  const columns = process.stdout.columns ?? WIDTH;
  const strokes = isTTY ? BLOCKS : ASCII;
  for (const line of timelineText(layout, columns, strokes)) console.log(line);
  console.log();
  for (const lane of layout.lanes) {
    // A figure's middle dot is no ASCII.
    const figure = laneFigure(lane, (count) => `${count} times`);
    const plain = isTTY ? figure : figure.replace(" ·", ",");
    console.log(`${lane.track}: ${plain}`);
  }
  if (values.out !== undefined) {
    const trace = toTrace(program.example, zeroed);
    await writeWhole(values.out, JSON.stringify(trace));
    console.log(`\nThe trace is in ${values.out}: open it in Perfetto.`);
  }
  return 0;
}

if (import.meta.main) process.exitCode = await main();
