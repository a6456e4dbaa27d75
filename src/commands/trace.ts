/**
 * `npm run trace <slug>`: runs an example alone and draws its timeline in the
 * terminal, after what it printed.
 */
import { parseArgs } from "node:util";
import { filesOf } from "../book/files.ts";
import { fromZero } from "../measure/from-zero.ts";
import { layoutTimeline } from "../draw/timeline-layout.ts";
import { laneFigure } from "../draw/timeline-svg.ts";
import { ASCII, BLOCKS, timelineText } from "../draw/timeline-text.ts";
import { allExamples, unknownExample } from "../book/examples.ts";
import { runExample } from "../measure/run-example.ts";
import { toTrace } from "../measure/trace-format.ts";
import { writeWhole } from "./frame/write-whole.ts";

const USAGE = `Usage: npm run trace -- <slug> [--out FILE]

  slug        which example to run: ${allExamples().join(", ")}
  --out FILE  write the run in Chrome's trace event format too`;
/** Where no terminal says how wide it is. */
const WIDTH = 80;

process.exitCode = await main();

async function main(): Promise<number> {
  const { slug, out } = readArguments();
  if (slug === undefined) return 1;
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

function readArguments(): { slug?: string; out?: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      options: { out: { type: "string" } },
      allowPositionals: true,
    });
    const [slug, ...more] = positionals;
    if (slug === undefined || more.length > 0)
      throw new Error("Name one slug.");
    const unknown = unknownExample(slug);
    if (unknown === undefined) return { slug, out: values.out };
    console.error(unknown);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
  }
  return {};
}
