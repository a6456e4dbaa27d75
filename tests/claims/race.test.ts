import { claim, exactly } from "#claim";
import {
  atOnce,
  depositWithGap,
  depositWithoutGap,
  inTurn,
  readsBeforeWrite,
} from "../../examples/race.ts";

// All ten read in the turn in which they are begun, and none of their timers
// can fire before that turn ends. So load changes nothing.
claim("loses-nine", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(1),
  subject: async () => (await atOnce(depositWithGap, "at once")).read(),
  controls: {
    "in turn": async () => (await inTurn(depositWithGap, "in turn")).read(),
    "no gap": async () => (await atOnce(depositWithoutGap, "no gap")).read(),
  },
});

claim("all-read-first", {
  figure: "reads before the first write",
  unit: "",
  bound: exactly(10),
  subject: async () =>
    readsBeforeWrite(await atOnce(depositWithGap, "at once")),
  controls: {
    "in turn": async () =>
      readsBeforeWrite(await inTurn(depositWithGap, "in turn")),
    "no gap": async () =>
      readsBeforeWrite(await atOnce(depositWithoutGap, "no gap")),
  },
});

// From the read to the write there is no await, so no other task runs there.
claim("keeps-all-without-gap", {
  figure: "balance after ten deposits of 1",
  unit: "",
  bound: exactly(10),
  subject: async () => (await atOnce(depositWithoutGap, "no gap")).read(),
  controls: {
    "at once": async () => (await atOnce(depositWithGap, "at once")).read(),
  },
});
