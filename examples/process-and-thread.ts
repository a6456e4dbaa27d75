/**
 * Processes and threads: what they share, and who ends when one of them fails.
 *
 * Three threads and three processes get a counter, and each adds 1,000 to it.
 * What does the sender see? Then three services send heartbeats, and a helper
 * of each throws an error. Which of them go on?
 *
 *     npx tsx examples/process-and-thread.ts
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, Worker, workerData } from "node:worker_threads";

const HELPERS = 3;
const ADDITIONS = 1000;
export const BEATS = 4;
const BEAT_MS = 20;
const FILE = new URL(import.meta.url);

/** Runs this file again, on a thread of this process. */
export function thread(job: string, message?: object) {
  return new Worker(FILE, { argv: [job], workerData: message });
}

/** Runs this file again, in a process of its own. */
export function childProcess(job: string, message?: object | string) {
  const child = fork(FILE, [job], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  if (message) child.send(message);
  return child;
}

const receive = async () =>
  parentPort ? workerData : (await once(process, "message"))[0];
const reply = (message: unknown) =>
  parentPort ? parentPort.postMessage(message) : process.send!(message);

/** One job: adds to a counter, and replies where, and how far it got. */
async function add(): Promise<void> {
  const counter: Int32Array = await receive();
  for (let n = 0; n < ADDITIONS; n++) Atomics.add(counter, 0, 1);
  reply({ pid: process.pid, theirs: counter[0] });
}

/** Another: beats, has a helper that fails, and beats on if it still can. */
async function serve(): Promise<void> {
  const kind: string = await receive();
  await beat();
  const helper = kind === "process" ? childProcess("fail") : thread("fail");
  if (kind === "watched thread") helper.on("error", reply);
  await new Promise((ended) => helper.on("exit", ended));
  await beat();
}

async function beat(): Promise<void> {
  for (let n = 0; n < BEATS; n++) {
    await sleep(BEAT_MS);
    reply("beat");
  }
}

/** Has helpers add. Where do they live, and who counts how far? */
export async function count(
  kind: "thread" | "process",
  memory: ArrayBufferLike = new SharedArrayBuffer(4),
) {
  const run = kind === "thread" ? thread : childProcess;
  const counter = new Int32Array(memory);
  const pids: number[] = [];
  let last = 0;
  for (let n = 0; n < HELPERS; n++) {
    const start = performance.now();
    const { pid, theirs } = await firstMessage(run("add", counter));
    performance.measure(`start of a ${kind}`, { start });
    pids.push(pid);
    last = theirs;
  }
  return { pids, theirs: last, mine: counter[0]! };
}

/** Rejects if the helper ends before it has said anything. */
async function firstMessage(helper: ReturnType<typeof childProcess> | Worker) {
  const ended = once(helper, "exit").then(([code]) => {
    throw new Error(`A helper ended with ${code}, and said nothing.`);
  });
  const [message] = await Promise.race([once(helper, "message"), ended]);
  return message;
}

/** Runs a service. How often does it beat after its helper has failed? */
export async function beatsAfterFailure(kind: string): Promise<number> {
  const devtools = { track: `service, ${kind} fails` };
  const service = childProcess("serve", kind);
  let beats = 0;
  service.on("message", (message) => {
    if (message !== "beat") return;
    performance.mark("beat", { detail: { devtools } });
    beats++;
  });
  await once(service, "disconnect");
  return beats - BEATS;
}

export async function main(): Promise<void> {
  try {
    for (const kind of ["thread", "process"] as const) {
      const { pids, theirs, mine } = await count(kind);
      const inside = pids.filter((pid) => pid === process.pid).length;
      const where = `${inside} of ${HELPERS} in my process`;
      console.log(`${kind}: ${where}, it sees ${theirs}, I see ${mine}`);
    }
    const kinds = ["thread", "watched thread", "process"];
    const beats = await Promise.all(kinds.map(beatsAfterFailure));
    kinds.forEach((kind, n) =>
      console.log(`${kind} fails: ${beats[n]} more beats of its service`),
    );
  } catch (error) {
    console.log(`A thread needs Node 22.18 or newer here (${error})`);
    process.exitCode = 1;
  }
}

const [, , job] = process.argv;
if (job === "add") add();
else if (job === "serve") serve();
else if (job === "fail") throw new Error("A helper fails.");
else if (import.meta.main ?? true) main();
