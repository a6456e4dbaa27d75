import type { Asked, ProofMessage } from "./messages.ts";

type Run = Extract<ProofMessage, { kind: "run" }>;

/** Why the page ended a measurement. */
export type Aborted = "stopped" | "hidden";

/** How a measurement ended. */
export type Ended = Exclude<ProofMessage, Run> | { kind: "hung" | Aborted };

/** A dead man's switch, not a bound: five tries, each of twice the dose, take long. */
const HUNG_AFTER_MS = 180_000;

const claims = import.meta.env.DEV
  ? ["../../../tests/claims/", ".test.ts"]
  : ["../claims/", ".js"];

/**
 * Starts a worker that loads the claims, and hands them what it is told. It has
 * the page's policy, as in `start-worker.ts`. It loads them by import(): of what
 * a worker imports otherwise, WebKit refuses what was revalidated by a 304
 * without the header that isolates.
 */
function startClaims(slug: string): Worker {
  const { href } = new URL(claims.join(slug), import.meta.url);
  // What was asked comes again when there is somebody to hear it. A TypeError is
  // how import() says that a file did not come.
  const code = `onmessage=m=>{onmessage=null;import(${JSON.stringify(href)}).then(()=>dispatchEvent(m),e=>postMessage({kind:e instanceof TypeError?"notLoaded":"failed",text:e+""}))}`;
  const blob = new Blob([code], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { type: "module" });
}

/**
 * Measures one claim of a note in a worker of its own, which loads the test.
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
  const worker = startClaims(slug);
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => end({ kind: "hung" }), HUNG_AFTER_MS);
  };
  signal.onabort = () => end({ kind: signal.reason as Aborted });
  worker.onmessage = ({ data }: MessageEvent<ProofMessage>) => {
    // What the example's threads tell of their spans comes this way too.
    if (data.kind === "run") {
      watch();
      onRun(data.soFar);
    } else if (/^(end|failed|notLoaded)$/.test(data.kind)) end(data);
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
