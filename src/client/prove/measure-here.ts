import { startWorker } from "../run/start-worker.ts";
import type { Asked, ProofMessage } from "./messages.ts";

type Run = Extract<ProofMessage, { kind: "run" }>;

/** Why the page ended a measurement. */
export type Aborted = "stopped" | "hidden";

/** How a measurement ended. */
export type Ended =
  Exclude<ProofMessage, Run> | { kind: "hung" | "notLoaded" | Aborted };

/** A dead man's switch, not a bound: five tries, each of twice the dose, take long. */
const HUNG_AFTER_MS = 180_000;

const claims = import.meta.env.DEV
  ? ["../../../tests/claims/", ".test.ts"]
  : ["../claims/", ".js"];

/**
 * Measures one claim of a note in a worker of its own, whose file is the test.
 *
 * @param signal ends it at once; its reason is how it ended
 */
export async function measureHere(
  slug: string,
  asked: Asked,
  onRun: (soFar: Run["soFar"]) => void,
  signal: AbortSignal,
): Promise<Ended> {
  if (signal.aborted) return { kind: signal.reason as Aborted };
  const { promise, resolve: end } = Promise.withResolvers<Ended>();
  const worker = startWorker(claims.join(slug));
  let watchdog = 0;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = window.setTimeout(() => end({ kind: "hung" }), HUNG_AFTER_MS);
  };
  signal.onabort = () => end({ kind: signal.reason as Aborted });
  worker.onmessage = ({ data }: MessageEvent<ProofMessage>) => {
    // What the example's threads tell of their spans comes this way too.
    if (data.kind === "end" || data.kind === "failed") end(data);
    if (data.kind !== "run") return;
    watch();
    onRun(data.soFar);
  };
  // A worker that does not load fails without a message.
  worker.onerror = ({ message }) =>
    end(message ? { kind: "failed", text: message } : { kind: "notLoaded" });
  worker.postMessage(asked);
  watch();
  const ended = await promise;
  clearTimeout(watchdog);
  worker.terminate();
  return ended;
}
