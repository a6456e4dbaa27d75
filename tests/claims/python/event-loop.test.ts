import { claim, exactly, inversions, observePython, withCode } from "#python";

type Call = "computing call" | "awaiting call";

/** Whoever was there when the loop began its turn, and then the newcomer. */
const ORDER = [
  "computing call",
  "first callback",
  "second callback",
  "0 ms timer",
  "third callback",
];

/** Another call_soon for the program; the loop itself keeps its own. */
const CALL_SOON = `
from functools import partial
from types import SimpleNamespace

running_loop = asyncio.get_running_loop

def get_running_loop():
    call_later = running_loop().call_later
    return SimpleNamespace(call_later=call_later, call_soon=call_soon)

asyncio.get_running_loop = get_running_loop
`;

/** As in JavaScript: whoever asks meanwhile still comes before the loop. */
const MICROTASKS = `${CALL_SOON}
microtasks = []

def call_soon(callback, *args):
    microtasks.append(partial(callback, *args))
    if len(microtasks) == 1:
        running_loop().call_soon(run_all)

def run_all():
    for microtask in microtasks:
        microtask()
`;

const TIMERS = `${CALL_SOON}
def call_soon(callback, *args):
    running_loop().call_later(0, callback, *args)
`;

const LINKS = `
def marked(link):
    """Tells when a step awaits."""
    def awaited():
        sys.audit("mark", "await", time.perf_counter())
        return link()

    return awaited

def done():
    """A future that has its result."""
    future = asyncio.get_running_loop().create_future()
    future.set_result(None)
    return future
`;

// What the loop runs in a turn is settled when it begins: the timer has been
// due since the call, and what a callback asks for comes after. Load only
// stretches each of them.
claim("one-queue", {
  figure: "pairs that ran in another order",
  unit: "",
  bound: exactly(0),
  subject: () => swapped(),
  controls: {
    "a queue of microtasks": {
      leavesOut: "the one queue: callbacks have their own, emptied first",
      measure: () => swapped(MICROTASKS),
    },
    "timers for callbacks": {
      leavesOut: "call_soon: timers are set instead",
      measure: () => swapped(TIMERS),
    },
  },
});

// A callback needs the thread, and the call has it until it ends. The sleep of
// the awaiting call is due later than the timer.
claim("waits-for-the-call", {
  figure: "turns of a 0 ms timer before the call ended",
  unit: "",
  bound: exactly(0),
  subject: () => timerTurns("computing call"),
  controls: {
    "awaiting call": {
      leavesOut: "the computing: the call awaits a timer for as long",
      measure: () => timerTurns("awaiting call"),
    },
  },
});

// No loop runs between two steps that nothing suspends. Between others it
// does: two callbacks are in its queue, and the timer has been due all along.
claim("await-lets-nobody-in", {
  figure: "turns that a 0 ms timer and callbacks got during the chain",
  unit: "",
  bound: exactly(0),
  subject: async () =>
    Math.max(await turnsDuring("nothing"), await turnsDuring("done")),
  controls: {
    "sleep(0)": {
      leavesOut: "that it is done already: each step awaits sleep(0)",
      measure: () => turnsDuring("lambda: asyncio.sleep(0)"),
    },
  },
});

async function swapped(callSoon = ""): Promise<number> {
  const { order } = await observe("computing call", callSoon);
  return inversions(order, ORDER);
}

/** The timer's turns before the end of a call of 20 ms. */
async function timerTurns(name: Call): Promise<number> {
  const { before, lasted, computed } = await observe(name);
  const ms = name === "awaiting call" ? lasted : computed;
  if (ms < 20 - 1) throw new Error(`The ${name} took ${ms} ms.`);
  return before.filter((who) => who === "0 ms timer").length;
}

/** How many had a turn while six steps computed for 5 ms, and awaited that. */
async function turnsDuring(link: string): Promise<number> {
  const { before, computed, awaits } = await observe(
    "chain",
    `${LINKS}\nCALLS["chain"] = lambda: chain(marked(${link}))`,
  );
  const steps = awaits.slice(1).map((at, before) => at - awaits[before]!);
  if (awaits.length !== 6 || Math.min(...steps) < 4 || computed < 6 * 5 - 1) {
    throw new Error(`It computed for ${computed} ms, awaiting at ${awaits}.`);
  }
  return before.length;
}

/**
 * What ran in which order, and for how many ms the call lasted and computed.
 * Its CPU time is known to 1 ms, and a timer may fire as much early.
 */
async function observe(name: Call | "chain", code = "") {
  const call = `order("${name}", CALLS["${name}"])`;
  const { value, spans, points } = await observePython<string[]>(
    "event-loop",
    withCode(code, call),
  );
  const { start, end, cpu = 0 } = spans.find((span) => span.name === name)!;
  return {
    order: value,
    before: value.slice(0, value.indexOf(name)),
    lasted: end - start,
    computed: cpu,
    awaits: points
      .filter((point) => point.name === "await")
      .map(({ at }) => at),
  };
}
