import type { As, Tell } from "#claim";
import { claim, exactly, inEveryOrder, tasks } from "#claim";
import type * as Lease from "../../examples/lease.ts";
import {
  createLock,
  lease,
  never,
  openList,
  serve,
} from "../../examples/lease.ts";

const RUNS = 20;
/** As the notes say. */
const PAUSE_MS = 20;
const WORK_MS = 10;
const LEASE_MS = 15;

const noLock: Lease.Lock = (act) => act(0);
const noLease = { leavesOut: "the lease: the lock never expires" };
const expires = { leavesOut: "patience: the lock is taken from its owner" };

// One after another, on one thread, whose timers end in the order in which they
// are due, however late: the work of a server before its lease.
claim("passes-twenty-runs", {
  figure: "of twenty runs, those in which each invoice was sent once",
  unit: "",
  bound: exactly(RUNS),
  subject: () => goodRuns(() => createLock(lease)),
  controls: {
    "no lock": {
      leavesOut: "the lock: both servers come in at once",
      measure: () => goodRuns(() => noLock),
    },
  },
});

// The lease of 15 ms is due before the work of 30, however late both are. Load may
// come in between the start of the work and that of the lease, and another try
// shows it; no load makes a lease of 15 ms end before a work of 10 that began first.
claim("a-pause-sends-twice", {
  figure: "how often the first invoice was sent",
  unit: "",
  bound: exactly(2),
  subject: () =>
    withTimersOf([WORK_MS, LEASE_MS], () =>
      firstSent(createLock(lease), PAUSE_MS),
    ),
  controls: {
    "no pause": {
      leavesOut: "the pause of the first server",
      measure: () => firstSent(createLock(lease), 0),
    },
    "no lease": {
      ...noLease,
      measure: () => firstSent(createLock(never), PAUSE_MS),
    },
  },
  tries: 5,
});

// Real runs show nothing of it: with two servers 50 of 50 were right, with ten
// 49 of 50, on an idle machine.
inEveryOrder("once-without-a-lease", {
  figure: "how often two servers sent the first invoice",
  unit: "",
  bound: exactly(1),
  subject: twoServers(({ createLock, never }) => createLock(never)),
  controls: { "a lease": { ...expires, program: twoServers(leased) } },
});

inEveryOrder("keeps-if-on-time", {
  figure: "how often two servers sent the first invoice",
  unit: "",
  bound: exactly(1),
  subject: twoServers(leased, unfenced, 4),
  controls: {
    "6 ms late": {
      leavesOut: "punctuality: a wait may be up to 6 ms late",
      program: twoServers(leased, unfenced, 6),
    },
  },
});

inEveryOrder("lets-in-behind-the-dead", {
  figure: "invoices sent behind an owner that has died",
  unit: "",
  bound: exactly(1),
  subject: behindTheDead(leased),
  controls: {
    "no lease": {
      ...noLease,
      program: behindTheDead(({ createLock, never }) => createLock(never)),
    },
  },
});

inEveryOrder("once-behind-a-fence", {
  figure: "how often two servers sent the first invoice",
  unit: "",
  bound: exactly(1),
  subject: twoServers(leased, ({ createFence, openList }) =>
    openList(createFence()),
  ),
  controls: {
    "no fence": {
      leavesOut: "the fence: the list lets in every token",
      program: twoServers(leased),
    },
    "a fence at sending only": {
      leavesOut: "the fence at reading: it learns of a token when it sends",
      program: twoServers(leased, ({ createFence, noFence, openList }) =>
        openList(noFence, createFence()),
      ),
    },
  },
});

type MakeLock = (lease: typeof Lease) => Lease.Lock;
type MakeList = (lease: typeof Lease) => Lease.List;

function leased({ createLock, lease }: typeof Lease): Lease.Lock {
  return createLock(lease);
}

function unfenced({ openList }: typeof Lease): Lease.List {
  return openList();
}

/** How often two servers send the first invoice, in every order of their waits. */
function twoServers(
  makeLock: MakeLock,
  makeList: MakeList = unfenced,
  lateMs?: number,
) {
  const program = async (lease: typeof Lease, tell: Tell, as: As) => {
    const enter = makeLock({ ...lease, lease: beside(lease, tell, as, 2) });
    const lock: Lease.Lock = (act) => {
      tell("comes");
      return enter(act);
    };
    const list = telling(makeList(lease), tell);
    const servers = [1, 2].map((server) =>
      as(server, () => lease.serve(server, lock, list)),
    );
    await Promise.allSettled(servers);
    return timesFirst(list.sent);
  };
  return tasks<typeof Lease>("lease", {}, 2, program, lateMs);
}

/**
 * How many invoices a server sends that comes when two others have asked for the
 * lock. One dies in its work without a word, the other works to the end or dies
 * by an error. Either may be the first, and the other one has waited then.
 */
function behindTheDead(makeLock: MakeLock) {
  return tasks<typeof Lease>("lease", {}, 3, async (lease, tell, as) => {
    const lock = makeLock({ ...lease, lease: beside(lease, tell, as, 3) });
    const list = telling(lease.openList(), tell);
    const owners = [endInSomeWay, lease.never].map((act, n) =>
      as(n + 1, async () => {
        await someTime();
        // Nobody waits for it: the dead do not answer.
        lock(act).catch(() => {});
      }),
    );
    await Promise.all(owners);
    await as(3, () => lease.serve(3, lock, list));
    return list.sent.length;
  });
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
}

/** Ends after some time, well or by an error: whichever timer is the first. */
function endInSomeWay(): Promise<void> {
  return new Promise((end, fail) => {
    const well = setTimeout(() => {
      clearTimeout(badly);
      end();
    });
    const badly = setTimeout(() => {
      clearTimeout(well);
      fail(new Error("It has died."));
    });
  });
}

/** The lease, which runs out beside the work of the server that has it. */
function beside({ lease }: typeof Lease, tell: Tell, as: As, servers: number) {
  return () =>
    as(
      (server) => servers + server,
      async () => {
        await lease();
        tell("runs out");
      },
    );
}

/** The list, which says what a server does to it. */
function telling(list: Lease.List, tell: Tell): Lease.List {
  return {
    sent: list.sent,
    next: (token) => {
      const invoice = list.next(token);
      tell("read", invoice);
      return invoice;
    },
    send: (token, invoice) => {
      list.send(token, invoice);
      tell("write", invoice);
    },
  };
}

function timesFirst(sent: readonly number[]): number {
  return sent.filter((invoice) => invoice === 1).length;
}

/** What two servers send in a run. The first one may pause in its work. */
async function sentInARun(lock: Lease.Lock, pauseMs: number) {
  const list = openList();
  await Promise.all([serve(1, lock, list, { pauseMs }), serve(2, lock, list)]);
  return list.sent;
}

async function firstSent(lock: Lease.Lock, pauseMs: number): Promise<number> {
  return timesFirst(await sentInARun(lock, pauseMs));
}

/** A run that asks for no timer of one of these lengths shows nothing. */
async function withTimersOf(
  lengths: number[],
  run: () => Promise<number>,
): Promise<number> {
  const asked = new Set<number>();
  const { setTimeout } = globalThis;
  const noting = (act: () => void, ms: number) => {
    asked.add(ms);
    return setTimeout(act, ms);
  };
  Object.assign(globalThis, { setTimeout: noting });
  try {
    const figure = await run();
    if (lengths.every((ms) => asked.has(ms))) return figure;
    throw new Error(`It asked for timers of ${[...asked].join(", ")} ms.`);
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
}

async function goodRuns(lock: () => Lease.Lock): Promise<number> {
  let good = 0;
  for (let run = 0; run < RUNS; run++) {
    const sent = await sentInARun(lock(), 0);
    if (sent.join() === "1,2") good++;
  }
  return good;
}
