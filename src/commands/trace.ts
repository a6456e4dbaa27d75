/**
 * `npm run trace <slug>`: runs an example alone and draws its timeline in the
 * terminal, after what it printed.
 */
import { filesOf } from "../book/files.ts";
import { fromZero } from "../measure/from-zero.ts";
import { layoutTimeline } from "../draw/timeline-layout.ts";
import { laneFigure } from "../draw/timeline-svg.ts";
import { ASCII, BLOCKS, timelineText } from "../draw/timeline-text.ts";
import { allExamples } from "../book/examples.ts";
import { runExample } from "../measure/run-example.ts";
import { toTrace } from "../measure/trace-format.ts";
import { command, CommandError, slugsOf } from "./frame/command.ts";
import { writeWhole } from "./frame/write-whole.ts";

const USAGE = `Usage: npm run trace -- <slug> [--out FILE]

  slug        which example to run: ${allExamples().join(", ")}
  --out FILE  write the run in Chrome's trace event format too`;
/** Where no terminal says how wide it is. */
const WIDTH = 80;

export const main = command({
  usage: USAGE,
  options: { out: { type: "string" } },
  run: trace,
});

async function trace(
  { out }: { out?: string | undefined },
  positionals: string[],
): Promise<number> {
  if (positionals.length !== 1) {
    throw new CommandError(`Name one slug.\n\n${USAGE}`);
  }
  const [slug] = slugsOf(positionals) as [string];
  const run = await runExample(filesOf(slug).example);
  if (run.output !== "") console.log(`${run.output}\n`);
  if (run.hung || run.exitCode !== 0) {
    const end = run.hung ? "hung" : `ended with status ${run.exitCode}`;
    console.error(`examples/${slug}.ts ${end}.\n${run.errors.trimEnd()}`);
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
  if (out !== undefined) {
    await writeWhole(out, JSON.stringify(toTrace(slug, zeroed)));
    console.log(`\nThe trace is in ${out}: open it in Perfetto.`);
  }
  return 0;
}

if (import.meta.main) process.exitCode = await main();
