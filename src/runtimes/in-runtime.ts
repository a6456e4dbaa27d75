/**
 * Measures one claim in whatever runtime starts this file, and tells of it in
 * lines of JSON: `deno run in-runtime.ts <slug> <id> <runs>`.
 */
import { measureStated } from "../measure/without-vitest.ts";
import type { Told } from "./place.ts";

const [slug, id = "", runs] = process.argv.slice(2);
const tell = (told: Told) => console.log(`\0${JSON.stringify(told)}`);

try {
  await import(`../../tests/claims/${slug}.test.ts`);
  const onRun = ({ subject }: { subject: number[] }) =>
    tell({ run: subject.length });
  tell({ end: await measureStated(id, Number(runs), onRun) });
} catch (error) {
  tell({ failed: String(error) });
}
// What a claim leaves behind, such as a server, must not keep the process.
process.exit(0);
