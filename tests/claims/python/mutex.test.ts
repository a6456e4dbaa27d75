import {
  claim,
  everAbove,
  exactly,
  observePython,
  peak,
  withCode,
  COUNT_SLEEPERS,
} from "#python";

const guarded = `deposit_all("mutex", inner=asyncio.Lock())`;
const open = `deposit_all("mutex")`;
const allInside = `deposit_all("mutex", outer=asyncio.Lock())`;
/** Ten locks, one for each deposit: each of them excludes nobody. */
const oneEach = withCode(
  `
class Each:
    async def __aenter__(self):
        await asyncio.Lock().acquire()

    async def __aexit__(self, *error):
        pass
`,
  `deposit_all("mutex", inner=Each())`,
);

/** How long asking takes in the example. */
const ASK_MS = 30;

const noMutex = { leavesOut: "the mutex" };
const each = { leavesOut: "that all of them use the same mutex" };

// The next deposit is let in when the one before has written: load can only
// make it later.
claim("loses-nothing", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () =>
    Math.min(await valueOf(guarded), await valueOf(allInside)),
  controls: {
    "no mutex": { ...noMutex, measure: () => valueOf(open) },
    "a mutex each": { ...each, measure: () => valueOf(oneEach) },
  },
});

claim("one-at-a-time", {
  figure: "deposits between read and write at the same time",
  unit: "",
  bound: exactly(1),
  subject: () => atOnce("write", guarded),
  controls: {
    "no mutex": { ...noMutex, measure: () => atOnce("write", open) },
    "a mutex each": { ...each, measure: () => atOnce("write", oneEach) },
  },
});

// All ten begin to ask in one turn, and the loop looks at its timers after it.
// They are due before the first one's disk is, unless load comes in while the ten
// begin: another try shows it.
claim("outside-overlaps", {
  figure: "deposits that ask the bank at the same time",
  unit: "",
  bound: exactly(10),
  subject: async () => {
    // Who queues at the bank sleeps as well if it tries again and again, and has
    // no answer yet when the first one writes.
    const { spans, sleepers, early } = await asking(guarded);
    return Math.min(peak(spans), sleepers, early);
  },
  controls: {
    "all in it": {
      leavesOut: "that the bank is asked outside of the mutex",
      measure: () => atOnce("ask", allInside),
    },
  },
  tries: 5,
});

// The next deposit begins to ask when the one before has written.
claim("inside-in-turn", {
  figure: "deposits that ask the bank at the same time",
  unit: "",
  bound: exactly(1),
  subject: async () => {
    const { spans, sleepers } = await asking(allInside);
    // Who asked outside of the mutex has the answer too soon.
    if (spans.some(({ start, end }) => end - start < ASK_MS - 1)) {
      throw new Error("A deposit had its answer before it could have asked.");
    }
    return Math.max(peak(spans), sleepers);
  },
  controls: {
    mutex: {
      leavesOut: "that the bank is asked inside of the mutex",
      measure: () => atOnce("ask", guarded),
    },
  },
});

// The first one's disk fails when the others have come to the lock: all nine of
// them wait for it then, however late that is.
claim("lets-in-after-an-error", {
  figure: "tasks that got in after the first had failed",
  unit: "",
  bound: exactly(9),
  subject: () => enteredAfterFailure("Counting()"),
  controls: {
    "a lock without with": {
      leavesOut: "giving it back after an error, as async with does",
      measure: () => enteredAfterFailure("Brittle()"),
    },
  },
});

// The second task asks on the thread that the first one needs to give it back:
// that thread stands still until the patience ends, however late all this is.
// Who gives up sooner than the first one needs has not waited for it. Here the
// first one awaits a turn of the loop and no more: that takes as long as the wait
// of the second only if the loop stands still meanwhile.
// Load can make the other way too slow: it has tries, and one pass is proof.
claim("thread-lock-stops-the-loop", {
  figure: "tasks that got the lock, of two",
  unit: "",
  bound: exactly(1),
  subject: async () => {
    const hold = withCode(TURN_AS_DISK, "[await hold_twice(), DISK, turns]");
    const { value, spans } = await observePython<[number, number, number[]]>(
      "mutex",
      hold,
    );
    const [got, disk, turns] = value;
    const wait = Math.max(...spans.map(({ start, end }) => end - start));
    const waited = wait > 2 * disk * 1000;
    const stoodStill = turns.length === 1 && turns[0]! * 1000 >= wait;
    return waited && stoodStill ? got : NaN;
  },
  controls: {
    "in a thread": {
      leavesOut: "the loop's thread: each task asks for the lock in another",
      measure: () =>
        everAbove(1, (dose) =>
          valueOf(withCode(inAThread(dose), "hold_twice()")),
        ),
    },
  },
});

/** The disk takes a turn of the loop, and tells how long that was, in seconds. */
const TURN_AS_DISK = `
turns = []

async def disk():
    start = time.perf_counter()
    await asyncio.sleep(0)
    turns.append(time.perf_counter() - start)
`;

function inAThread(dose: number): string {
  return `
async def acquire(lock):
    return await asyncio.to_thread(lock.acquire, timeout=PATIENCE * ${dose})
`;
}

async function valueOf(expression: string): Promise<number> {
  return (await observePython("mutex", expression)).value;
}

/** Ten deposits' stretches of asking, and how many slept at once at the most. */
async function asking(expression: string) {
  const run = withCode(COUNT_SLEEPERS, `(await ${expression}, most)[1]`);
  const { value, spans } = await observePython("mutex", run);
  const asks = spans.filter(({ name }) => name === "mutex: ask");
  if (asks.length !== 10) throw new Error(`${asks.length} asked, not ten.`);
  const writes = spans.filter(({ name }) => name === "mutex: write");
  const written = Math.min(...writes.map(({ end }) => end));
  const early = asks.filter(({ end }) => end < written).length;
  return { spans: asks, sleepers: value, early };
}

/** How many of ten deposits are in that stretch at the same time. */
async function atOnce(stretch: "ask" | "write", expression: string) {
  const { spans } = await observePython("mutex", expression);
  const stretches = spans.filter(({ name }) => name === `mutex: ${stretch}`);
  // Who leaves it out shows nothing.
  return stretches.length === 10 ? peak(stretches) : NaN;
}

/** The disk fails once. How many deposits get to it after that? */
const FAIL_ONCE = `
came = entered = 0

async def disk():
    global entered
    entered += 1
    if entered == 1:
        while came < DEPOSITS:
            await asyncio.sleep(DISK)
        raise OSError

class Counting(asyncio.Lock):
    async def __aenter__(self):
        global came
        came += 1
        await super().__aenter__()

class Brittle(Counting):
    async def __aexit__(self, error, *_):
        if not error:
            self.release()

async def entered_after_failure(lock):
    try:
        await deposit_all("mutex", inner=lock)
    except OSError:
        pass
    # Many more turns than nine deposits take that wait for no timer.
    for _ in range(1000):
        await asyncio.sleep(0)
    return entered - 1
`;

function enteredAfterFailure(lock: string): Promise<number> {
  return valueOf(withCode(FAIL_ONCE, `entered_after_failure(${lock})`));
}
