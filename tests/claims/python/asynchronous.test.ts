import {
  claim,
  exactly,
  observePython,
  peak,
  withCode,
  COUNT_SLEEPERS,
} from "#python";

const inTurnOnly = {
  leavesOut: "starting together: each call is awaited first",
};

// The three begin in one turn of the loop, in which it looks at no timer. What is
// due by the end of it was not waited for. Load can make one due, and another try
// shows it.
claim("all-in-flight", {
  figure: "calls in flight at the same time",
  unit: "",
  bound: exactly(3),
  subject: async () => {
    // The answers have six parts: sleeps that are longer in all are of a queue.
    const most = "most if sum(sleeps) < 6.01 * PART else 0";
    const run = `(await run(gather), ${most})[1]`;
    const code = withCode(DEFINITIONS + COUNT_SLEEPERS, run);
    const { value, spans } = await observePython("asynchronous", code);
    return Math.min(value, peak(spans));
  },
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: () => inFlight("in_turn"),
    },
    "called first": {
      leavesOut: "the tasks: the calls are awaited as they are",
      measure: () => inFlight("called"),
    },
    computing: {
      leavesOut: "the waiting: each of the three computes",
      measure: () => inFlight("gather", "ask = counted(compute)"),
    },
  },
  tries: 5,
});

// Between the calls and the next line the loop has no turn.
claim("goes-on", {
  figure: "results there when the next line ran",
  unit: "",
  bound: exactly(0),
  subject: () => atNextLine("done", "gather"),
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: () => atNextLine("done", "in_turn"),
    },
  },
});

// No clock in it: a function has begun before the next line, or it has not.
claim("a-call-runs-nothing", {
  figure: "functions begun when the next line ran",
  unit: "",
  bound: exactly(0),
  subject: async () =>
    Math.max(
      await atNextLine("begun", "called"),
      await atNextLine("begun", "gather"),
    ),
  controls: {
    "as in JavaScript": {
      leavesOut: "the wait for an await: the call itself runs the function",
      measure: () =>
        atNextLine("begun", "called", "ask = counted(as_in_javascript)"),
    },
    "awaited in turn": {
      ...inTurnOnly,
      measure: () => atNextLine("begun", "in_turn"),
    },
  },
});

// A stall makes many timers due at once. But a call asks for the next part of
// its answer in its own turn, and gets it two turns of the loop later at best.
// By then, whoever waits has heard of the failure.
claim("gather-lets-the-others-go-on", {
  figure: "answers that came after the failure was raised",
  unit: "",
  bound: exactly(2),
  subject: async () => answers(await logWith("gather")).after,
  controls: {
    "a task group": {
      leavesOut: "that the others go on: a task group cancels them",
      measure: async () => answers(await logWith("task_group")).after,
    },
    return_exceptions: {
      leavesOut: "raising the failure: it is a result among others",
      measure: async () => answers(await logWith("gather_all")).after,
    },
    "none is down": {
      leavesOut: "the failure: no service is down",
      measure: async () => answers(await logWith("gather", "None")).after,
    },
  },
});

// The other two are awaited first, so they are done by then, at any load.
claim("failure-waits-for-its-await", {
  figure: "answers there when the failure was raised",
  unit: "",
  bound: exactly(2),
  subject: async () => {
    const log = await logWith("longest_first");
    // It has to have failed before both, or nothing waited.
    return log[3] === "failed" ? answers(log).before : NaN;
  },
  controls: {
    gather: {
      leavesOut: "awaiting one by one: gather waits for all at once",
      measure: async () => answers(await logWith("gather")).before,
    },
    "the failing call first": {
      leavesOut: "that the failing call is awaited last",
      measure: async () => {
        const log = await logWith("longest_first", '"reviews"', SHORTEST_FIRST);
        return answers(log).before;
      },
    },
  },
});

/** What the controls use instead, and what counts calls and tasks. */
const DEFINITIONS = `
import types

as_written = ask
mark_as_written = mark

def counted(ask):
    def call(name, log, down):
        log.append("called")
        return ask(name, log, down)

    return call

ask = counted(ask)

def mark(what, log):
    log.extend(["task"] * (len(asyncio.all_tasks()) - 1))
    mark_as_written(what, log)

async def compute(name, log, down):
    log.append("begun")
    start = time.perf_counter()
    while time.perf_counter() < start + PARTS[name] * PART:
        pass
    sys.audit("measure", name, start, time.perf_counter())

def as_in_javascript(name, log, down):
    """Runs the function up to its first wait, and leaves the rest to await."""
    call = as_written(name, log, down)
    first = call.send(None)

    @types.coroutine
    def rest():
        yield first
        yield from call

    return rest()

async def gather_all(log, down):
    calls = [ask(name, log, down) for name in PARTS]
    await asyncio.gather(*calls, return_exceptions=True)
`;

/** The last is awaited first: the order in which they end. */
const SHORTEST_FIRST = "PARTS = dict(reversed(PARTS.items()))";

async function inFlight(way: string, instead = ""): Promise<number> {
  const { spans } = await observe(`run(${way})`, instead);
  if (spans.length !== 3) throw new Error(`${spans.length} of 3 calls ended.`);
  return peak(spans);
}

/**
 * How many calls had begun, or were done, when the next line ran. By then all
 * three have to be made, and those of gather to be tasks; all have to get done.
 */
async function atNextLine(
  what: "begun" | "done",
  way: "in_turn" | "called" | "gather",
  instead = "",
): Promise<number> {
  const { value: log } = await observe(`run(${way})`, instead);
  const before = log.slice(0, log.indexOf("next line"));
  const tasks = way === "gather" ? 3 : 0;
  const isWhole = count("called", before) === 3 && count("done", log) === 3;
  if (!isWhole || count("task", before) !== tasks) {
    throw new Error(`Not all were called, and done: ${log.join(", ")}`);
  }
  return count(what, before);
}

/** What happened when all three calls were started and one of them failed. */
async function logWith(
  way: string,
  down = '"reviews"',
  instead = "",
): Promise<string[]> {
  const { value } = await observe(`run(${way}, ${down})`, instead);
  const counted = ["called", "task", "next line"];
  const log = value.filter((one) => !counted.includes(one));
  const begun = count("begun", log.slice(0, 3));
  if (begun < 3) throw new Error(`Not all were started: ${log.join(", ")}`);
  return log;
}

/** The answers that came before, and after, the failure was heard of. */
function answers(log: string[]): { before: number; after: number } {
  const at = log.indexOf("heard");
  if (at < 0) return { before: NaN, after: 0 };
  return {
    before: count("done", log.slice(0, at)),
    after: count("done", log.slice(at)),
  };
}

function count(what: string, log: string[]): number {
  return log.filter((one) => one === what).length;
}

function observe(expression: string, instead = "") {
  const code = withCode(DEFINITIONS + instead, expression);
  return observePython<string[]>("asynchronous", code);
}
