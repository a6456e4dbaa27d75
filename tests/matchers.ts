/**
 * What a test may expect of measured spans. Each speaks about their shape,
 * which the program fixes, and not about durations, which the machine's load
 * changes.
 */
import { expect } from "vitest";
import type { Span } from "../src/timeline/spans.ts";
import { commonPart, peak } from "../src/timeline/spans.ts";

interface Verdict {
  pass: boolean;
  message: () => string;
}

/** A timer may fire this much before its time: libuv truncates to whole ms. */
const TIMER_EARLY_MS = 1;
const ROWS_SHOWN = 12;

interface SpanMatchers<R> {
  /** At least two spans, and one instant lies in all of them. */
  toOverlap(): R;
  /** The most spans open at one instant is exactly `count`. */
  toPeakAt(count: number): R;
  /** Every span ends before any of `later` starts, or at that moment. */
  toPrecede(later: readonly Span[]): R;
  /** The event loop turned within these bounds inside each span. */
  toTurnTheLoop(turns: { min?: number; max?: number }): R;
  /** The event loop did not turn inside any span. */
  toBlockTheLoop(): R;
  /** The event loop slept at least `ms` inside each span. */
  toIdle(ms: number): R;
  /** Each span lasted at least `ms`, less 1 ms for each timer in series. */
  toTakeAtLeast(ms: number, options?: { timers?: number }): R;
}

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends SpanMatchers<R> {}
}

expect.extend({
  toOverlap(spans: Span[]): Verdict {
    const common = commonPart(spans);
    return verdict(
      spans.length > 1 && common > 0,
      `one instant inside all ${spans.length} spans; common part is ${ms(common)} ms`,
      spans,
    );
  },
  toPeakAt(spans: Span[], count: number): Verdict {
    const most = peak(spans);
    return verdict(
      most === count,
      `at most and at some moment exactly ${count} spans open at once; saw ${most}`,
      spans,
    );
  },
  toPrecede(spans: Span[], later: readonly Span[]): Verdict {
    const lastEnd = Math.max(...spans.map(({ end }) => end));
    const firstStart = Math.min(...later.map(({ start }) => start));
    return verdict(
      spans.length > 0 && later.length > 0 && lastEnd <= firstStart,
      `every span to end before the later ones start; the last ends ${ms(lastEnd - firstStart)} ms after the first of them starts`,
      [...spans, ...later],
    );
  },
  toTurnTheLoop(
    spans: Span[],
    { min = 0, max = Infinity }: { min?: number; max?: number },
  ): Verdict {
    return verdict(
      every(spans, ({ turns }) => turns! >= min && turns! <= max),
      `${min} to ${max} turns of the event loop inside each span; saw ${spans.map(({ turns }) => turns).join(", ")}`,
      spans,
    );
  },
  toBlockTheLoop(spans: Span[]): Verdict {
    return verdict(
      every(spans, ({ turns }) => turns === 0),
      `no turn of the event loop inside any span; saw ${spans.map(({ turns }) => turns).join(", ")}`,
      spans,
    );
  },
  toIdle(spans: Span[], least: number): Verdict {
    return verdict(
      every(spans, ({ idle }) => idle! >= least),
      `the event loop to sleep at least ${least} ms inside each span; saw ${spans.map(({ idle }) => ms(idle)).join(", ")} ms`,
      spans,
    );
  },
  toTakeAtLeast(
    spans: Span[],
    least: number,
    { timers = 0 }: { timers?: number } = {},
  ): Verdict {
    const floor = least - timers * TIMER_EARLY_MS;
    return verdict(
      every(spans, ({ start, end }) => end - start >= floor),
      `each span to last at least ${floor} ms; the shortest lasted ${ms(Math.min(...spans.map(({ start, end }) => end - start)))} ms`,
      spans,
    );
  },
});

/** No span proves nothing, so an empty list never passes. */
function every(spans: Span[], holds: (span: Span) => boolean): boolean {
  return spans.length > 0 && spans.every(holds);
}

function verdict(pass: boolean, rule: string, spans: Span[]): Verdict {
  return {
    pass,
    message: () => `expected ${pass ? "not " : ""}${rule}\n${table(spans)}`,
  };
}

function table(spans: Span[]): string {
  const origin = Math.min(...spans.map(({ start }) => start));
  const rows = spans
    .slice(0, ROWS_SHOWN)
    .map(
      ({ name, start, end, thread, cpu, idle, turns }) =>
        `  ${name} [${ms(start - origin)} .. ${ms(end - origin)}] thread ${thread} cpu ${ms(cpu)} idle ${ms(idle)} turns ${turns ?? "?"}`,
    );
  const hidden = spans.length - rows.length;
  if (hidden > 0) rows.push(`  and ${hidden} more`);
  return rows.join("\n");
}

function ms(value: number | undefined): string {
  return value === undefined ? "?" : value.toFixed(2);
}
