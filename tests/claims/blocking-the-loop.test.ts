import { type Profiler, Session } from "node:inspector/promises";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { atLeast, claim, exactly, moreThan, withoutSleep } from "#claim";
import type { Call } from "../../examples/blocking-the-loop.ts";
import {
  askDatabase,
  makeInPieces,
  makeReport,
  openWatchdog,
  readMeters,
  rush,
} from "../../examples/blocking-the-loop.ts";

/** As the notes say, whatever the example says. */
const CALL_MS = 50;
const QUERY_MS = 10;
const PIECE_MS = 5;
const LATE_MS = 20;
/** Load can hold the loop up as well, but hardly in each round. */
const ROUNDS = 5;
/** At a load of 34 on two cores, five waits in turn were once all reported. */
const CALLS = 10;

const waits = { leavesOut: "the blocking: the call waits as long" };

// The stopwatches start before the report, and stop when the loop has turned.
// Timers come in the order they are due, however late: those of the queries,
// which began before the report, are due before one that is longer.
claim("slows-the-innocent", {
  figure: "of 15 queries of 10 ms, those that took 50 ms or more",
  unit: "",
  bound: exactly(3 * ROUNDS),
  subject: () => slowQueries(makeReport),
  controls: {
    waiting: { ...waits, measure: () => slowQueries(askDatabase) },
  },
});

// The last sample before the call and the first after it are further apart than
// its ends: load can only part them more.
claim("reports-the-block", {
  figure: "of ten calls, those with a reported delay of 50 ms or more",
  unit: "",
  bound: exactly(CALLS),
  subject: () => reported(makeReport),
  controls: {
    waiting: { ...waits, measure: () => reported(askDatabase) },
  },
});

// A sample needs a turn of the loop, and gets none before the call returns. The
// others give turns, and the timer of the samples is due before their end.
claim("silent-meanwhile", {
  figure: "samples that the monitor takes during the call",
  unit: "",
  bound: exactly(0),
  subject: async () => (await metered(makeReport)).meanwhile,
  controls: {
    "in pieces": {
      leavesOut: "the one go: the loop turns after each piece",
      measure: async () => (await metered(makeInPieces)).meanwhile,
    },
    waiting: {
      ...waits,
      measure: async () => (await metered(askDatabase)).meanwhile,
    },
  },
  needs: ["the turns of the event loop"],
});

// A loop with something due does not rest, so the meter counts no idle time,
// whatever the load. Two pieces last as long as the samples are apart, or longer,
// so that with whole ms at least every third turn takes one. The loop turns once
// after each piece, however long load makes it last; only whoever computes until
// a time is up has fewer pieces then, and may try again.
claim("full-but-turning", {
  figure: "samples that the monitor takes at a utilization of 100 %",
  unit: "",
  bound: atLeast(3),
  subject: () => withoutSleep(() => samplesAtFull(makeInPieces)),
  controls: {
    "in one go": {
      leavesOut: "the turns: the call computes in one go",
      measure: () => samplesAtFull(makeReport),
    },
    waiting: {
      leavesOut: "the computing: the call waits, and the loop rests",
      measure: () => samplesAtFull(askDatabase),
    },
  },
  tries: 5,
  needs: ["the rest of the event loop"],
});

// Samples are taken of whatever has the thread. A collection of garbage or a
// late sampler hides some of the report, so it may have to last longer.
claim("names-the-function", {
  figure: "share of the rush in which the function is on the stack",
  unit: "%",
  bound: moreThan(50),
  subject: (dose) => share("makeReport", makeReport, dose),
  controls: {
    "query beside it": {
      leavesOut: "the blocking: the function waits, beside the one that blocks",
      measure: (dose) => share("askDatabase", makeReport, dose),
    },
    "waiting report": {
      ...waits,
      measure: (dose) => share("askDatabase", askDatabase, dose),
    },
  },
  tries: 5,
});

// What is on the stack has not returned. While our own code holds the thread,
// only another one can send a stack, and we read what was sent before the loop
// turns. Load can keep the watchdog from its turn until the call is over, so it
// may have to last longer.
claim("names-it-meanwhile", {
  figure: "stacks found with the function still running",
  unit: "",
  bound: atLeast(1),
  subject: (dose) => foundBeside(hold, dose),
  controls: {
    "on the loop": {
      leavesOut: "the thread: a timer on the same loop reads the stack",
      measure: (dose) => foundOnTheLoop(hold, dose),
    },
    waiting: {
      ...waits,
      measure: (dose) => foundBeside(askDatabase, dose),
    },
  },
  tries: 5,
});

async function slowQueries(report: Call): Promise<number> {
  const took = (await repeatedly(ROUNDS, () => rushed(report))).flat();
  // Queries that need no 10 ms show nothing; a timer may fire 1 ms early.
  if (!took.every((ms) => ms >= QUERY_MS - 1)) return NaN;
  return took.filter((ms) => ms >= CALL_MS).length;
}

/** A query that is longer, or under way only after the report, shows nothing. */
async function rushed(report: Call): Promise<number[]> {
  const start = performance.now();
  let late = Infinity;
  let timer: NodeJS.Timeout | undefined;
  const took = await rush((ms) => {
    const look = () => (late = performance.now() - start);
    timer = setTimeout(look, QUERY_MS + 1);
    return report(ms);
  }, CALL_MS);
  // Node keeps timers of one length together: the next must be the first.
  clearTimeout(timer);
  return took.map((ms) => (ms < late ? ms : NaN));
}

async function reported(call: Call): Promise<number> {
  const rounds = await repeatedly(CALLS, () => metered(call));
  return rounds.filter(({ longest }) => longest >= CALL_MS).length;
}

/** A computation that is shorter or in other pieces shows nothing. */
async function samplesAtFull(call: Call): Promise<number> {
  let took = 0;
  const { meanwhile, utilization, turns } = await metered(async (ms) => {
    const start = performance.now();
    await call(ms);
    took = performance.now() - start;
  });
  // A loop that turns with nothing to do is full as well, in far more turns.
  const isInPieces = Math.abs(turns - CALL_MS / PIECE_MS) <= 1;
  const isInFull = utilization === 1 && took >= CALL_MS - 1;
  return isInFull && isInPieces ? meanwhile : 0;
}

/** What the example reads, where we read the same from the meters ourselves. */
async function metered(call: Call) {
  const delay = monitorEventLoopDelay();
  const own = { meanwhile: NaN, utilization: NaN, turns: NaN };
  const watched: Call = async (ms) => {
    if (ms !== CALL_MS) throw new Error(`It is to last ${ms} ms.`);
    const [samples, turns] = [delay.count, turnsSoFar()];
    const before = performance.eventLoopUtilization();
    await call(ms);
    const used = performance.eventLoopUtilization(before);
    own.utilization = used.utilization;
    own.turns = turnsSoFar() - turns;
    // A monitor that was not on shows nothing.
    own.meanwhile = samples > 0 ? delay.count - samples : NaN;
  };
  const read = await readMeters(watched, "call", delay);
  const isSo = read.meanwhile > 0 === own.meanwhile > 0;
  return {
    ...own,
    longest: Math.min(read.longest, delay.max / 1e6),
    meanwhile: isSo ? own.meanwhile : NaN,
    utilization: Math.min(read.utilization, own.utilization),
  };
}

function turnsSoFar(): number {
  return performance.nodeTiming.uvMetricsInfo.loopCount;
}

/** In %, of the time from the first to the last of the rush. */
async function share(name: string, report: Call, dose: number) {
  let wall = NaN;
  const msOnStack = await profile(async () => {
    const start = performance.now();
    await rush(report, CALL_MS * dose);
    wall = performance.now() - start;
  });
  return (100 * msOnStack(name)) / wall;
}

/** As `--cpu-prof` does. For how many ms was a function on the stack? */
async function profile(run: () => Promise<unknown>) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await run();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return (name: string) => msOnStack(name, profile);
}

function msOnStack(name: string, profile: Profiler.Profile): number {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const within = new Set<number>();
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.functionName === name) within.add(id);
    if (within.has(id)) children.forEach((child) => within.add(child));
  }
  // From each sample to the next.
  const times = timeDeltas.slice(1).filter((_, i) => within.has(samples[i]!));
  return times.reduce((sum, time) => sum + time, 0) / 1000;
}

/** Runs nothing of the example, which could look at the stack itself. */
async function hold(ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Who finds this name has read the stack: the example does not know it. */
function named(call: Call): Call {
  return async function knownHere(ms) {
    await call(ms);
  };
}

function naming(stacks: string[]): number {
  return stacks.filter((stack) => stack.includes("knownHere")).length;
}

/** Only those that were sent before the function returned. */
async function foundBeside(call: Call, dose: number) {
  const { stacks, close } = await openWatchdog();
  let meanwhile = NaN;
  const reading = named(async (ms) => {
    await call(ms);
    meanwhile = naming(sentSoFar(stacks));
  });
  await new Promise((turn) => setImmediate(turn)); // No microtask is left.
  await reading(CALL_MS * dose);
  await close();
  return meanwhile;
}

/** Without a turn of the loop. */
function sentSoFar(port: MessagePort): string[] {
  const sent = receiveMessageOnPort(port);
  return sent ? [sent.message, ...sentSoFar(port)] : [];
}

async function foundOnTheLoop(call: Call, dose: number) {
  const stacks: string[] = [];
  const look = () => stacks.push(new Error().stack!);
  const watchdog = setInterval(look, LATE_MS);
  await named(call)(CALL_MS * dose);
  await new Promise((wake) => setTimeout(wake, LATE_MS));
  clearInterval(watchdog);
  // Who never looked shows nothing.
  return stacks.length > 0 ? naming(stacks) : NaN;
}

async function repeatedly<Result>(times: number, act: () => Promise<Result>) {
  const results: Result[] = [];
  for (let round = 0; round < times; round++) results.push(await act());
  return results;
}
