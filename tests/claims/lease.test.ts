import type { Tell } from "#claim";
import { claim, exactly, inEveryOrder, tasks } from "#claim";
import type * as Lease from "../../examples/lease.ts";
import {
  createLock,
  lease,
  never,
  openList,
  PAUSE_MS,
  serve,
} from "../../examples/lease.ts";

const RUNS = 20;

const noLock: Lease.Lock = (act) => act(0);
const noLease = { leavesOut: "the lease: the lock never expires" };
const expires = { leavesOut: "patience: the lock is taken from its owner" };

// One after another, on one thread, whose timers end in the order in which they
// are due, however late: the work of a server before its lease.
claim("passes-twenty-runs", {
  figure: "of twenty runs, those in which an invoice was sent twice",
  unit: "",
  bound: exactly(0),
  subject: () => runsThatSendTwice(() => createLock(lease)),
  controls: {
    "no lock": {
      leavesOut: "the lock: both servers come in at once",
      measure: () => runsThatSendTwice(() => noLock),
    },
  },
});

// The lease of 15 ms is due before the work of 30, however late both are.
claim("a-pause-sends-twice", {
  figure: "invoices sent twice",
  unit: "",
  bound: exactly(1),
  subject: () => sentTwiceInARun(createLock(lease), PAUSE_MS),
  controls: {
    "no pause": {
      leavesOut: "the pause of the first server",
      measure: () => sentTwiceInARun(createLock(lease), 0),
    },
    "no lease": {
      ...noLease,
      measure: () => sentTwiceInARun(createLock(never), PAUSE_MS),
    },
  },
});

inEveryOrder("never-twice-without-a-lease", {
  figure: "invoices sent twice by two servers",
  unit: "",
  bound: exactly(0),
  subject: twoServers(({ createLock, never }) => createLock(never)),
  controls: { "a lease": { ...expires, program: twoServers(leased) } },
});

inEveryOrder("keeps-if-on-time", {
  figure: "invoices sent twice by two servers",
  unit: "",
  bound: exactly(0),
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

inEveryOrder("never-twice-behind-a-fence", {
  figure: "invoices sent twice by two servers",
  unit: "",
  bound: exactly(0),
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

/** How many invoices two servers send twice, in every order of their waits. */
function twoServers(
  makeLock: MakeLock,
  makeList: MakeList = unfenced,
  lateMs?: number,
) {
  const program = async (lease: typeof Lease, tell: Tell) => {
    const [lock, list] = [makeLock(lease), makeList(lease)];
    const servers = [1, 2].map((server) =>
      lease.serve(server, lock, telling(list, server, tell)),
    );
    await Promise.allSettled(servers);
    return sentTwice(list);
  };
  return tasks<typeof Lease>("lease", {}, 2, program, lateMs);
}

/** How many invoices a server sends that finds the lock with a dead owner. */
function behindTheDead(makeLock: MakeLock) {
  return tasks<typeof Lease>("lease", {}, 2, async (lease) => {
    const [lock, list] = [makeLock(lease), lease.openList()];
    void lock(lease.never);
    await lease.serve(1, lock, list);
    return list.sent.length;
  });
}

/** The list, which says what a server does to it. */
function telling(list: Lease.List, server: number, tell: Tell): Lease.List {
  return {
    sent: list.sent,
    next: (token) => {
      const invoice = list.next(token);
      tell("read", invoice, server);
      return invoice;
    },
    send: (token, invoice) => {
      list.send(token, invoice);
      tell("write", invoice, server);
    },
  };
}

function sentTwice({ sent }: Lease.List): number {
  return sent.length - new Set(sent).size;
}

/** The first server pauses for a while in its work. */
async function sentTwiceInARun(lock: Lease.Lock, pauseMs: number) {
  const list = openList();
  await Promise.all([serve(1, lock, list, { pauseMs }), serve(2, lock, list)]);
  return sentTwice(list);
}

async function runsThatSendTwice(lock: () => Lease.Lock): Promise<number> {
  let failed = 0;
  for (let run = 0; run < RUNS; run++) {
    if ((await sentTwiceInARun(lock(), 0)) > 0) failed++;
  }
  return failed;
}
