/**
 * Phases of Node's loop: what runs next, once a callback has returned?
 *
 * A callback asks for a timer, an immediate, a microtask and a tick. So does
 * the top of a file. Then one of them asks for itself ten times: does a timer
 * of 0 ms get a turn meanwhile?
 *
 *     npx tsx examples/node-phases.ts
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { promisify } from "node:util";

const STEP_MS = 2;
const STEPS = 10;
export type Ask = (run: () => void) => unknown;

/** Four ways to have something run later, asked for in this order. */
export const ways = {
  timer: (run) => setTimeout(run, 0),
  immediate: (run) => setImmediate(run),
  microtask: (run) => queueMicrotask(run),
  tick: (run) => process.nextTick(run),
} satisfies Record<string, Ask>;

function step(lane: string): void {
  const start = performance.now();
  while (performance.now() < start + STEP_MS);
  performance.measure(lane, { start });
}

/** Asks in the callback of a read, or in what the callback asks for. */
export function orderInRead(
  place: Ask = (run) => run(),
  asked: Record<string, Ask> = ways,
): Promise<string[]> {
  const ran: string[] = [];
  return new Promise((end) => {
    const askForAll = () => {
      for (const [name, ask] of Object.entries(asked)) {
        ask(() => {
          step(name);
          if (ran.push(name) === 4) end(ran);
        });
      }
    };
    readFile(new URL(import.meta.url), () => place(askForAll));
  });
}

const TOP = `const ran = [];
  const run = (name) => ran.push(name) === 4 && console.log(ran.join(" "));
  setTimeout(() => run("timer"), 0);
  setImmediate(() => run("immediate"));
  queueMicrotask(() => run("microtask"));
  process.nextTick(() => run("tick"));`;

/** Asks at the top of a file, a script or a module: its process tells. */
export async function orderAtTop(ending: "cjs" | "mjs"): Promise<string[]> {
  const folder = await mkdtemp(`${tmpdir()}/top-`);
  const file = `${folder}/top.${ending}`;
  await writeFile(file, TOP);
  // A loader that this process was given would run the file otherwise.
  const env = { ...process.env, NODE_OPTIONS: "" };
  const node = promisify(execFile)(process.execPath, [file], { env });
  const { stdout } = await node;
  await rm(folder, { recursive: true });
  return stdout.trim().split(" ");
}

/** Each of ten steps asks for the next. How many turns does a timer get? */
export async function turnsDuring(name: keyof typeof ways): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await new Promise<void>((end) => {
    const next = (left: number) => {
      step(`chain of ${name}s`);
      if (left === 1) end();
      else ways[name](() => next(left - 1));
    };
    ways[name](() => next(STEPS));
  });
  clearInterval(timer);
  return turns;
}

export async function main(): Promise<void> {
  console.log(`in a callback: ${(await orderInRead()).join(", ")}`);
  for (const ending of ["cjs", "mjs"] as const) {
    const [first, second] = await orderAtTop(ending);
    console.log(`at the top of a .${ending}: ${first}, ${second}`);
  }
  for (const name of ["tick", "immediate"] as const) {
    const turns = await turnsDuring(name);
    console.log(`${STEPS} ${name}s in a chain: the timer got ${turns} turns`);
  }
}

if (import.meta.main ?? true) main();
