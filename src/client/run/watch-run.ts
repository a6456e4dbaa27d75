import { trackOf } from "../../measure/spans.ts";
import type { RunMessage } from "./messages.ts";
import { MOST_LINES } from "./messages.ts";

/**
 * Tells of what an example does in this worker: its lines as they are printed,
 * its spans and points as the browser hands them out. Times are made absolute
 * with the worker's own origin, so that those of several workers compare.
 *
 * @returns a function that tells of the entries not yet handed out
 */
export function watchRun(tell: (message: RunMessage) => void): () => void {
  let lines = 0;
  console.log = (...values: unknown[]) => {
    lines++;
    const text = values.map(String).join(" ");
    if (lines <= MOST_LINES) tell({ kind: "line", text });
    else if (lines === MOST_LINES + 1) tell({ kind: "flooded", lines });
  };

  // What nobody catches ends a run, as it would end the process in Node. The
  // page says so, hence not the console.
  addEventListener("error", (event: ErrorEvent) => {
    event.preventDefault();
    tell({ kind: "failed", text: event.message });
  });
  addEventListener("unhandledrejection", (event: PromiseRejectionEvent) => {
    event.preventDefault();
    tell({ kind: "failed", text: String(event.reason) });
  });

  const { timeOrigin } = performance;
  const tellEntry = (entry: PerformanceEntry) => {
    const { name, startTime, duration, entryType } = entry;
    const track = trackOf(entry as PerformanceMeasure);
    const at = timeOrigin + startTime;
    if (entryType === "measure") {
      // The small numbers first: next to the origin both would be rounded, and
      // a span would seem to end after the next one's start.
      const span = {
        name,
        track,
        start: at,
        end: timeOrigin + (startTime + duration),
      };
      tell({ kind: "span", span });
    } else {
      tell({ kind: "point", point: { name, track, at } });
    }
  };
  const observer = new PerformanceObserver((list) =>
    list.getEntries().forEach(tellEntry),
  );
  observer.observe({ entryTypes: ["measure", "mark"] });
  return () => observer.takeRecords().forEach(tellEntry);
}
