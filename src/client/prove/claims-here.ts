/**
 * `#claim` in a reader's browser: a worker loads a file of claims, which
 * imports this, and measures the one that the page asks for.
 */
import { measureStated } from "../../measure/without-vitest.ts";
import { keepOrder } from "./keep-order.ts";
import type { Asked, ProofMessage } from "./messages.ts";

export * from "../../measure/without-vitest.ts";

keepOrder(performance);

const tell = (message: ProofMessage): void => postMessage(message);
const fail = (error: unknown) => tell({ kind: "failed", text: String(error) });

// What nobody catches would fail the test in Vitest too.
addEventListener("unhandledrejection", (event: PromiseRejectionEvent) =>
  fail(event.reason),
);
addEventListener(
  "message",
  ({ data: { id, runs } }: MessageEvent<Asked>) =>
    void measureStated(id, runs, (soFar) => tell({ kind: "run", soFar })).then(
      (end) => tell({ kind: "end", end }),
      fail,
    ),
  { once: true },
);
