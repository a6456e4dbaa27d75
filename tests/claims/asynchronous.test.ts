import { claim, exactly, peak, withTimers, withoutSleep } from "#claim";
import {
  ask,
  combine,
  compute,
  inTurn,
  together,
} from "../../examples/asynchronous.ts";

/** The services as the note tells them, each with its ms. */
const SERVICES = { reviews: 30, stock: 60, price: 90 };

const inTurnOnly = {
  leavesOut: "starting together: each call is awaited first",
};
const computing = { leavesOut: "the waiting: each of the three computes" };

// The three start in one synchronous stretch, in which no timer can fire. Load
// can make one due in it, and another try shows it.
claim("all-in-flight", {
  figure: "calls in flight at the same time",
  unit: "",
  bound: exactly(3),
  subject: async () => (await observe(together, ask)).inFlight,
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: async () => (await observe(inTurn, ask)).inFlight,
    },
    computing: {
      ...computing,
      measure: async () => (await observe(together, compute)).inFlight,
    },
  },
  tries: 5,
});

// The next line belongs to the same stretch.
claim("goes-on", {
  figure: "results there when the next line ran",
  unit: "",
  bound: exactly(0),
  subject: async () => (await observe(together, ask)).done,
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: async () => (await observe(inTurn, ask)).done,
    },
    computing: {
      ...computing,
      measure: async () => (await observe(together, compute)).done,
    },
  },
  tries: 5,
});

// A call returns when it comes to an await, and a computation has none.
claim("runs-at-the-call", {
  figure: "computations done when the next line ran",
  unit: "",
  bound: exactly(3),
  subject: async () =>
    (await withoutSleep(() => observe(together, compute))).done,
  controls: {
    "after an await": {
      leavesOut: "that nothing is awaited before the computing",
      measure: async () => (await observe(together, computeLater)).done,
    },
  },
});

// The longest call starts first, so none of the four goes by the order of the
// calls. Whatever a call's end sets off has run before the next timer fires. Load
// can hold up the start of the others, and another try shows it.
claim("combinators", {
  figure: "combinators that gave something else",
  unit: "",
  bound: exactly(0),
  subject: () => others("reviews"),
  controls: {
    "none is down": {
      leavesOut: "the failure: no service is down",
      measure: () => others(),
    },
    "two are down": {
      leavesOut: "that one service alone is down",
      measure: () => others("reviews", "stock"),
    },
  },
  tries: 5,
});

// The reviews fail after 30 ms, and until the price comes after 90 ms nobody
// has said what is to happen then. Load can only delay both timers.
claim("awaited-one-by-one-ends", {
  figure: "exit code of the process",
  unit: "",
  bound: exactly(1),
  subject: () => exitCode("await price; await reviews;"),
  controls: {
    "Promise.all": {
      leavesOut: "the time in which nobody handles the second call",
      measure: () => exitCode("await Promise.all([price, reviews]);"),
    },
    "a catch of its own": {
      leavesOut: "that the second call's failure is left to its await",
      measure: () =>
        exitCode("reviews.catch(() => {}); await price; await reviews;"),
    },
  },
  needs: ["processes"],
});

/**
 * Starts two calls, of which the shorter fails, and awaits them in a `try`. A
 * process that comes to its end has not been ended, and says 0.
 */
async function exitCode(awaits: string): Promise<number> {
  const { spawn } = await import("node:child_process");
  const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const example = new URL(
    /* @vite-ignore */ "../../examples/asynchronous.ts",
    import.meta.url,
  );
  // A file, since what Deno evaluates for Node's -e may import nothing.
  const folder = await mkdtemp(`${tmpdir()}/claim-`);
  const file = `${folder}/program.mjs`;
  await writeFile(
    file,
    `import { ask } from "${example}";
    const visit = { lane: "", done: [], down: ["reviews"] };
    try {
      const price = ask({ name: "price", ms: 90 }, visit);
      const reviews = ask({ name: "reviews", ms: 30 }, visit);
      ${awaits}
    } catch {}
    process.exit(0);`,
  );
  const child = spawn(process.execPath, [file], { stdio: "ignore" });
  const code = await new Promise<number>((ended) => child.once("exit", ended));
  await rm(folder, { recursive: true });
  return code;
}

const computeLater: typeof ask = async (service, visit) => {
  await null;
  return compute(service, visit);
};

/**
 * What was in flight at once, and done at the next line. Calls show nothing that
 * were not made before that line or that did not take their time. Those that are
 * due were not on their way any more, and those that queued not yet.
 */
async function observe(way: typeof together, task: typeof ask) {
  const lengths = Object.values(SERVICES);
  const { value, spans, points, asked, undue } = await withTimers(lengths, () =>
    way("test", (service, visit) => {
      performance.mark("called");
      return task(service, visit);
    }),
  );
  const marks = points.map(({ name }) => name).join(", ");
  if (marks !== "called, called, called, next line") {
    throw new Error(`Not all calls were made before the next line: ${marks}`);
  }
  for (const [service, ms] of Object.entries(SERVICES)) {
    const { start = 0, end = 0 } =
      spans.find(({ name }) => name === service) ?? {};
    // A timer may fire up to 1 ms early, and a browser's clock be as coarse.
    if (end - start < ms - 2) {
      throw new Error(`The call of ${service} did not take ${ms} ms.`);
    }
  }
  const inFlight = peak(spans);
  // Who computes has no timer, and a limit for a queue is one more.
  if (task === ask && asked !== 3) return { done: NaN, inFlight: NaN };
  if (task === ask && undue !== inFlight) return { done: NaN, inFlight: undue };
  return { done: value, inFlight };
}

/** How many combinators give something else than with the fastest one down. */
async function others(...down: string[]): Promise<number> {
  const expected = [
    "race: reviews is down (1 of 3 done)",
    "all: reviews is down (1 of 3 done)",
    "any: stock (2 of 3 done)",
    "allSettled: fulfilled,rejected,fulfilled (3 of 3 done)",
  ];
  const given = await combine(...down);
  return expected.filter((line, at) => line !== given[at]).length;
}
