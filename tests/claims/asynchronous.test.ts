import { claim, exactly, observeProcess, peak } from "#claim";
import {
  ask,
  combine,
  compute,
  inTurn,
  together,
} from "../../examples/asynchronous.ts";

// The three start in one synchronous stretch, in which no timer can fire.
claim("all-in-flight", {
  figure: "calls in flight at one moment",
  unit: "",
  bound: exactly(3),
  subject: () => peakOf(() => together("test", ask)),
  controls: {
    "awaited in turn": () => peakOf(() => inTurn("test", ask)),
    computing: () => peakOf(() => together("test", compute)),
  },
});

// The next line belongs to the same stretch.
claim("goes-on", {
  figure: "results there when the next line ran",
  unit: "",
  bound: exactly(0),
  subject: () => together("test", ask),
  controls: {
    "awaited in turn": () => inTurn("test", ask),
    computing: () => together("test", compute),
  },
});

// A call returns when it comes to an await, and a computation has none.
claim("runs-at-the-call", {
  figure: "computations done when the next line ran",
  unit: "",
  bound: exactly(3),
  subject: () => together("test", compute),
  controls: {
    "after an await": () =>
      together("test", async (service, visit) => {
        await null;
        return compute(service, visit);
      }),
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
    "none is down": () => others(),
    "two are down": () => others("reviews", "stock"),
  },
});

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
