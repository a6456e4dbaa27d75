import {
  busyWait,
  observe,
  pollWait,
  timerWait,
  WAIT_MS,
} from "../../examples/busy-wait.ts";
import { atLeast, exactly, lessThan } from "../../src/evidence/bound.ts";
import { claim } from "../claim.ts";
import { observe as observeProcess } from "../observe.ts";

// A span that starts and ends in one turn of the loop leaves nobody a turn.
claim("keeps-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: exactly(0),
  subject: async () => (await observe("busy wait", busyWait)).turns,
  controls: {
    timer: async () => (await observe("timer", timerWait)).turns,
    poll: async () => (await observe("poll", pollWait)).turns,
  },
});

// The loop cannot sleep while a function runs.
claim("never-rests", {
  figure: "rest of the thread during the wait",
  unit: "ms",
  bound: exactly(0),
  subject: () => idleDuring(() => busyWait(WAIT_MS)),
  controls: { timer: () => idleDuring(() => timerWait(WAIT_MS)) },
});

// Load takes the CPU away from a busy wait, so a longer one may be needed; no
// load makes a timer burn ten times what another one does.
claim("burns-the-cpu", {
  figure: "CPU time, as a multiple of a timer's",
  unit: "×",
  bound: atLeast(10),
  subject: (dose) => cpuAgainstTimer(busyWait, WAIT_MS * dose),
  controls: { timer: (dose) => cpuAgainstTimer(timerWait, WAIT_MS * dose) },
  tries: 5,
});

// A poller that sleeps 150 ms looks at 0, 150 and 300 ms, whatever the load:
// it is 100 ms late at the least. A load that keeps a busy wait from the CPU
// for 50 ms at that very moment is rare, and a pass is proof.
claim("notices-first", {
  figure: "how late the end of the wait was noticed",
  unit: "ms",
  bound: lessThan(50),
  subject: async () => (await observe("busy wait", busyWait)).late,
  controls: { poll: async () => (await observe("poll", pollWait)).late },
  tries: 5,
});

async function idleDuring(wait: () => void | Promise<void>): Promise<number> {
  return (await observeProcess(wait)).idle;
}

/** A timer's own CPU time counts as 1 ms at the least: less is noise. */
async function cpuAgainstTimer(
  wait: (ms: number) => void | Promise<void>,
  ms: number,
): Promise<number> {
  const timer = await observe("timer", timerWait, ms);
  const other = await observe("wait", wait, ms);
  return other.cpu! / Math.max(timer.cpu!, 1);
}
