import { atLeast, claim, exactly, observePython, withCode } from "#python";

const overlap = {
  leavesOut: "the overlap: each deposit begins when the one before is done",
};

// Each begins when the one before has written, however late that is.
claim("keeps-all-in-turn", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: () => valueOf(`in_turn("in turn", with_gap)`),
  controls: {
    "at once": {
      leavesOut: "the turns: all ten deposits begin at once",
      measure: () => valueOf(`at_once("at once", with_gap)`),
    },
  },
});

// The loop calls all ten in the turn after gather made tasks of them, and looks
// at its timers only then. So load changes nothing.
claim("loses-nine", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(1),
  subject: () => {
    const deposits = `if_all_write(at_once("at once", with_gap))`;
    return valueOf(withCode(COUNTING_WRITES, deposits));
  },
  controls: {
    "in turn": {
      ...overlap,
      measure: () => valueOf(`in_turn("in turn", with_gap)`),
    },
    "no gap": {
      leavesOut: "the wait between reading and writing",
      measure: () => valueOf(`at_once("no gap", without_gap)`),
    },
  },
});

// Each goes on when its own timer has fired, and gives the thread to nobody
// before it has written.
claim("keeps-all-without-gap", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => {
    const deposits = withCode(IN_ONE_GO, `at_once("no gap", without_gap)`);
    const { value, spans } = await observePython("race", deposits);
    // A timer may fire 1 ms early. Who does not wait shows nothing.
    const waited = spans.filter(({ start, end }) => end - start >= 20 - 1);
    return waited.length === 10 ? value : NaN;
  },
  controls: {
    "at once": {
      leavesOut: "the closed gap: a wait between reading and writing",
      measure: () => valueOf(`at_once("at once", with_gap)`),
    },
  },
});

// All ten ask in one turn of the loop, before any timer is looked at. Who has
// read waits for nothing that could change what it reads, and does not count.
claim("still-overlap", {
  figure: "deposits that wait for the bank at the same time",
  unit: "",
  bound: exactly(10),
  subject: () => waiting(`at_once("no gap", without_gap, counting_bank)`),
  controls: {
    "in turn": {
      ...overlap,
      measure: () => waiting(`in_turn("no gap", without_gap, counting_bank)`),
    },
  },
});

// A coroutine that suspends nowhere gives the loop no turn, so that a deposit
// runs from its start to its end. With sleep(0), all ten read before one writes.
claim("quick-answer-hides-it", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: () => valueOf(`at_once("mock", with_gap, mock)`),
  controls: {
    "one turn": {
      leavesOut: "the answer at once: the bank takes one turn of the loop",
      measure: () =>
        valueOf(`at_once("mock", with_gap, lambda: asyncio.sleep(0))`),
    },
  },
});

// The interpreter goes over to another thread when it calls a function, if the
// other has asked for 5 ms: after the read now and then, and one loss is proof.
// Load can only make such moments rarer: then there are more deposits. If the
// other has to ask for a thousand seconds, a thread gives way only where it waits
// by itself. (Without the GIL none is asked: there the control loses as well.)
claim("threads-come-between", {
  figure: "deposits lost",
  unit: "",
  bound: atLeast(1),
  subject: (dose) => valueOf(withCode(BY_DEFAULT, inThreads(dose))),
  controls: {
    uninterrupted: {
      leavesOut: "the coming between: no thread is stopped before it is done",
      measure: (dose) =>
        valueOf(withCode("sys.setswitchinterval(1000)", inThreads(dose))),
    },
    "a lock": {
      leavesOut: "the coming between: a lock keeps the other out",
      measure: (dose) => valueOf(withCode(LOCKED, inThreads(dose))),
    },
  },
  tries: 5,
});

/** A deposit that is given up leaves as much as one that is lost. */
const COUNTING_WRITES = `
class Account(Account):
    writes = 0

    def write(self, balance):
        Account.writes += 1
        super().write(balance)

async def if_all_write(deposits):
    balance = await deposits
    assert Account.writes == 10, f"{Account.writes} of ten deposits wrote."
    return balance
`;

/** A lock keeps all as well, and a deposit may then wait after its read. */
const IN_ONE_GO = `
class Account(Account):
    reader = None

    def read(self):
        self.reader = asyncio.current_task()
        asyncio.get_running_loop().call_soon(self.forget)
        return super().read()

    def forget(self):
        self.reader = None

    def write(self, balance):
        assert self.reader is asyncio.current_task(), "It waits before it writes."
        super().write(balance)
`;

/** Threads that are switched more often than by default lose more. */
const BY_DEFAULT = `
interval = sys.getswitchinterval()
assert interval == 0.005, f"Threads are switched every {interval} s."
`;

/** A lock is taken before the reading and given back after the writing. */
const LOCKED = `
import threading

class Account(Account):
    lock = threading.Lock()

    def read(self):
        self.lock.acquire()
        return super().read()

    def write(self, balance):
        super().write(balance)
        self.lock.release()
`;

function inThreads(dose: number): string {
  return `in_threads(${dose} * 1_000_000)`;
}

async function valueOf(expression: string): Promise<number> {
  return (await observePython("race", expression)).value;
}

/** The most that have asked the bank, and have not yet read the balance. */
const COUNTING = `
waiting = most = 0

async def counting_bank():
    global waiting, most
    waiting += 1
    most = max(most, waiting)
    await bank()

class Account(Account):
    def read(self):
        global waiting
        waiting -= 1
        return super().read()

async def most_waiting(deposits):
    await deposits
    return most
`;

function waiting(deposits: string): Promise<number> {
  return valueOf(withCode(COUNTING, `most_waiting(${deposits})`));
}
