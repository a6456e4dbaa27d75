import { atLeast, claim, exactly, observePython, withCode } from "#python";

/** Load can hold the loop up as well, but hardly in each of five rounds. */
const ROUNDS = 5;
const THRESHOLD = 0.025;
const BLOCK = 0.05;

const waits = { leavesOut: "the blocking: the handler waits as long" };

/**
 * What a timer of the same loop finds on the stack; and a name that the program
 * does not know, so that who finds it has read the stack. What is on the stack
 * meanwhile runs nothing of the program, which could look from there. A signal
 * would stop the loop's thread for that, and a hook would too: it gets none.
 */
const HERE = `
import signal
import sys
import time
import traceback

if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())

async def hold(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass

def unhook():
    sys.settrace(None)
    sys.setprofile(None)
    monitoring = getattr(sys, "monitoring", None)  # Since Python 3.12.
    for tool in range(6 if monitoring else 0):
        if monitoring.get_tool(tool):
            monitoring.set_events(tool, 0)

def named(call):
    async def known_here(seconds):
        unhook()
        await call(seconds)
    return known_here

async def stacks_on_the_loop(work):
    found = []
    async def look():
        while True:
            await asyncio.sleep(SLOW)
            found.extend(traceback.format_stack())
    looks = asyncio.create_task(look())
    await asyncio.sleep(BEAT)
    await work
    await asyncio.sleep(2 * SLOW)
    looks.cancel()
    assert found  # Who never looked shows nothing.
    return "".join(found)
`;

// A step that computes for 50 ms takes 50 ms at the least, whatever the load.
claim("logs-the-block", {
  figure: "of five handlers, those that debug mode logs as slow",
  unit: "",
  bound: exactly(ROUNDS),
  subject: () => logged("make_report"),
  controls: {
    waiting: { ...waits, measure: () => logged("ask_database") },
  },
});

// Load does not change what a line says, and the report is logged in any case.
claim("names-the-task", {
  figure: "lines that name the function that blocks",
  unit: "",
  bound: exactly(0),
  subject: () => linesNaming("make_report", "serve(make_report)", "serve"),
  controls: {
    "a task of its own": {
      leavesOut: "the handler around it: the function is a task itself",
      measure: () =>
        linesNaming("make_report", "make_report(CALL)", "make_report"),
    },
  },
});

// What is on the stack has not returned. Load can keep the watchdog from its
// turn until the handler is done, so the handler may have to last longer.
claim("names-it-meanwhile", {
  figure: "stacks found with the function still running",
  unit: "",
  bound: atLeast(1),
  subject: (dose) => found("stacks_beside", "hold", dose),
  controls: {
    "on the loop": {
      leavesOut: "the thread: a timer on the same loop reads the stack",
      measure: (dose) => found("stacks_on_the_loop", "hold", dose),
    },
    waiting: {
      ...waits,
      measure: (dose) => found("stacks_beside", "ask_database", dose),
    },
  },
  tries: 5,
});

async function logged(call: string): Promise<number> {
  const round = `await log_of(serve(${call}, ${BLOCK}))`;
  const logs = await run(`[${round} for _ in range(${ROUNDS})]`);
  // Load can make the loop log others as well, but hardly for as long.
  const blocks = (line: string) =>
    isAbout("serve")(line) && secondsOf(line) >= BLOCK;
  return logs.filter((lines) => lines.some(blocks)).length;
}

/** How long a line says that a step of the task held the loop. */
function secondsOf(line: string): number {
  return Number(/ took (\S+) seconds/.exec(line)?.[1]);
}

/** Of the lines about a task; without any, nothing is shown. */
async function linesNaming(name: string, work: string, task: string) {
  const [lines = []] = await run(`[await log_of(${work})]`);
  const about = lines.filter(isAbout(task));
  if (about.length === 0) return NaN;
  return about.filter((line) => line.includes(name)).length;
}

function isAbout(task: string): (line: string) => boolean {
  return (line) => line.includes(`coro=<${task}() `);
}

/** With another threshold than the sentence names, nothing is shown. */
async function run(expression: string) {
  const { value } = await observePython<[string[], number]>(
    "blocking-the-loop",
    `(${expression}, asyncio.get_running_loop().slow_callback_duration)`,
  );
  const [logs, threshold] = value;
  const lines = logs.map((log) => log.split("\n"));
  return threshold === THRESHOLD ? lines : [];
}

async function found(detector: string, call: string, dose: number) {
  const watched = `await ${detector}(serve(named(${call}), CALL * ${dose}))`;
  const { value } = await observePython<string>(
    "blocking-the-loop",
    withCode(HERE, watched),
  );
  return value.split(" in known_here\n").length - 1;
}
