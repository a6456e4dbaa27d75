import { claim, exactly, observeProcess, peak } from "#claim";
import {
  ask,
  combine,
  compute,
  inTurn,
  together,
} from "../../examples/asynchronous.ts";

const inTurnOnly = {
  leavesOut: "starting together: each call is awaited first",
};
const computing = { leavesOut: "the waiting: each of the three computes" };

// The three start in one synchronous stretch, in which no timer can fire.
claim("all-in-flight", {
  figure: "calls in flight at the same time",
  unit: "",
  bound: exactly(3),
  subject: () => peakOf(() => together("test", ask)),
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: () => peakOf(() => inTurn("test", ask)),
    },
    computing: {
      ...computing,
      measure: () => peakOf(() => together("test", compute)),
    },
  },
});

// The next line belongs to the same stretch.
claim("goes-on", {
  figure: "results there when the next line ran",
  unit: "",
  bound: exactly(0),
  subject: () => together("test", ask),
  controls: {
    "awaited in turn": {
      ...inTurnOnly,
      measure: () => inTurn("test", ask),
    },
    computing: { ...computing, measure: () => together("test", compute) },
  },
});

// A call returns when it comes to an await, and a computation has none.
claim("runs-at-the-call", {
  figure: "computations done when the next line ran",
  unit: "",
  bound: exactly(3),
  subject: () => together("test", compute),
  controls: {
    "after an await": {
      leavesOut: "that nothing is awaited before the computing",
      measure: () =>
        together("test", async (service, visit) => {
          await null;
          return compute(service, visit);
        }),
    },
  },
});

// The shortest call starts first, so load can only part their ends further.
// Whatever a call's end sets off has run before the next timer fires.
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

/** Starts two calls, of which the shorter fails, and awaits them in a `try`. */
async function exitCode(awaits: string): Promise<number> {
  const { spawn } = await import("node:child_process");
  const example = new URL(
    /* @vite-ignore */ "../../examples/asynchronous.ts",
    import.meta.url,
  );
  const program = `
    import { ask } from "${example}";
    const visit = { lane: "", done: [], down: ["reviews"] };
    try {
      const price = ask({ name: "price", ms: 90 }, visit);
      const reviews = ask({ name: "reviews", ms: 30 }, visit);
      ${awaits}
    } catch {}`;
  const options = ["--input-type=module", "-e", program];
  const child = spawn(process.execPath, options, { stdio: "ignore" });
  return new Promise((ended) => child.once("exit", ended));
}

async function peakOf(run: () => Promise<number>): Promise<number> {
  return peak((await observeProcess(run)).spans);
}

/** How many combinators give something else than with the fastest one down. */
async function others(...down: string[]): Promise<number> {
  const expected = [
    "race: reviews is down (1 of 3 done)",
    "all: reviews is down (1 of 3 done)",
    "any: stock (2 of 3 done)",
    "allSettled: rejected,fulfilled,fulfilled (3 of 3 done)",
  ];
  const given = await combine(...down);
  return given.filter((line, at) => line !== expected[at]).length;
}
