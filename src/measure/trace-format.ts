import type { RecordedRun } from "./spans.ts";

/** One event of Chrome's trace event format. Times are in µs. */
export interface TraceEvent {
  name: string;
  /** X: a span. i: a moment. M: the name of a process or a lane. */
  ph: "X" | "i" | "M";
  ts?: number;
  dur?: number;
  pid: number;
  tid: number;
  /** The scope of a moment: its own lane. */
  s?: "t";
  args?: Record<string, unknown>;
}

export interface Trace {
  traceEvents: TraceEvent[];
  displayTimeUnit: "ms";
}

const PID = 1;

/**
 * A recorded run in Chrome's trace event format, for Perfetto and
 * chrome://tracing: every track of the run is a lane.
 *
 * The format: "Trace Event Format", Google, 2016, sections "Complete Events",
 * "Instant Events" and "Metadata Events".
 */
export function toTrace(
  program: string,
  { spans, points }: RecordedRun,
): Trace {
  const tracks = new Map<string, number>();
  const lane = ({
    track,
    name,
  }: {
    track?: string | undefined;
    name: string;
  }) => {
    const key = track ?? name;
    if (!tracks.has(key)) tracks.set(key, tracks.size + 1);
    return tracks.get(key)!;
  };
  const events: TraceEvent[] = [
    ...spans.map(
      ({ name, track, start, end, cpu, idle, turns }): TraceEvent => ({
        name,
        ph: "X",
        ts: micros(start),
        dur: micros(end - start),
        pid: PID,
        tid: lane({ name, track }),
        args: { cpu, idle, turns },
      }),
    ),
    ...points.map(({ name, track, at }): TraceEvent => ({
      name,
      ph: "i",
      ts: micros(at),
      pid: PID,
      tid: lane({ name, track }),
      s: "t",
    })),
  ];
  const names = [...tracks].map(([name, tid]): TraceEvent => ({
    name: "thread_name",
    ph: "M",
    pid: PID,
    tid,
    args: { name },
  }));
  const process: TraceEvent = {
    name: "process_name",
    ph: "M",
    pid: PID,
    tid: 0,
    args: { name: program },
  };
  return { traceEvents: [process, ...names, ...events], displayTimeUnit: "ms" };
}

function micros(ms: number): number {
  return Math.round(ms * 1000);
}
