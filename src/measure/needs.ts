/** Asked for as a global, and not imported, since a browser has none. */
const { process } = globalThis as { process?: NodeJS.Process };

/**
 * Whether the runtime counts what its event loop does. Deno and Bun have
 * `eventLoopUtilization()` too, but there it says 0 whatever happens (seen in
 * Deno 2.9 and Bun 1.4), so it is not to be asked.
 */
const countsTheLoop = (): boolean => {
  const { nodeTiming = {} } = performance as { nodeTiming?: object };
  return "uvMetricsInfo" in nodeTiming;
};

const cores = (): number => navigator.hardwareConcurrency;

const LOOK_MS = 200;

/**
 * How many cores had nothing to do while this thread slept for a moment. 0
 * where the system does not tell, as in some sandboxes and in any browser.
 */
function idleCores(): number {
  const cpus = () => process?.getBuiltinModule("node:os").cpus() ?? [];
  const idle = () => cpus().reduce((sum, { times }) => sum + times.idle, 0);
  const start = performance.now();
  const before = idle();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  return (idle() - before) / (performance.now() - start);
}

/** What not every machine and runtime has, and whether this one has it. */
const THERE = {
  "two cores": () => cores() >= 2,
  "two free cores": () => cores() >= 2 && idleCores() > 1.5,
  "the CPU time of a thread": () => process?.threadCpuUsage !== undefined,
  "the CPU time of the process": () => process?.cpuUsage !== undefined,
  "the rest of the event loop": countsTheLoop,
  "the turns of the event loop": countsTheLoop,
  "shared memory": () => "SharedArrayBuffer" in globalThis,
  files: () => process !== undefined,
  processes: () => process !== undefined,
} satisfies Record<string, () => boolean>;

/** What a claim needs to be measured at all. */
export type Need = keyof typeof THERE;

/** Whether what is needed cannot be had here. */
export function missingNeed(need: Need): boolean {
  return !THERE[need]();
}
