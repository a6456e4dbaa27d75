/**
 * The timers and the clock that a program has while it is explored.
 *
 * A stand-in asks in whose run it is called: code outside of any run, of the
 * test or its runner, has the real thing, and what an earlier run left behind
 * has the clock of that run, on which nothing ends any more.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Gap } from "./step-times.ts";
import { earliestTimes } from "./step-times.ts";

interface Wait {
  id: number;
  /** What the program has of it. */
  timer: object;
  /** The task that waits. */
  who: number;
  callback: () => void;
  /** The step in which it was set, and how long it takes at least. */
  step: number;
  ms: number;
  /** When it is due at the earliest, on the program's own clock, in ms. */
  due: number;
  /** Whether it waits again each time. */
  repeats: boolean;
}

type Callback = (...given: unknown[]) => void;

/** The number of the task at work, as the program has begun it. */
export const atWork = new AsyncLocalStorage<number>();

/** The clock of the run that is at work. */
const atRun = new AsyncLocalStorage<StandInClock>();

/** A tick of the program's clock, so that a start is before its end. */
const TICK_MS = 0.001;

/** The timers and the clock of one run. */
export class StandInClock {
  /** The first thing that the program did and that cannot be explored. */
  refusal: Error | undefined;
  /** Whether the program has had the time from it. */
  asksTime = false;
  readonly #lateness: number;
  readonly #leap: number;
  #now = 0;
  #ids = 0;
  #who: number | undefined;
  #waits: Wait[] = [];
  /** How many waits have ended: the number of the step at work. */
  #step = 0;
  /** What is known of the times of the steps. */
  readonly #gaps: Gap[] = [];

  /**
   * @param lateness how late a wait may end at most, in ms
   * @param leap how late each one ends by the clock, in ms
   */
  constructor({ lateness, leap }: { lateness: number; leap: number }) {
    this.#lateness = lateness;
    this.#leap = leap;
  }

  /** Runs what has this clock, also behind its awaits. */
  run(program: () => unknown): void {
    atRun.run(this, program);
  }

  /** Whose wait has ended last; before the first of them, that of none. */
  get who(): number {
    return this.#who ?? 0;
  }

  /** The waits that may end next. */
  next(): Wait[] {
    if (this.#lateness === Infinity) return this.#waits;
    return this.#waits.filter((wait) => this.#timesWith(wait));
  }

  /** Ends a wait: the clock is then as late as it was due, or later. */
  finish(wait: Wait): void {
    if (this.#lateness < Infinity) {
      this.#now = Math.max(this.#now, this.#timesWith(wait)!.at(-1)!);
      this.#gaps.push(...this.#gapsWith(wait));
    }
    this.#step++;
    this.drop(wait.timer);
    this.#who = wait.who;
    this.#now = Math.max(this.#now, wait.due) + this.#leap;
    if (wait.repeats) {
      this.#waits.push({
        ...wait,
        step: this.#step,
        due: this.#now + wait.ms,
      });
    }
    wait.callback();
  }

  /** When each step was at the earliest if this wait ends next, if it can. */
  #timesWith(wait: Wait): number[] | undefined {
    return earliestTimes(this.#step + 2, [
      ...this.#gaps,
      ...this.#gapsWith(wait),
    ]);
  }

  /** What is known of the next step if it ends this wait. */
  #gapsWith({ step, ms }: Wait): Gap[] {
    const next = this.#step + 1;
    return [
      { from: this.#step, to: next, ms: 0 },
      { from: step, to: next, ms },
      // No other wait has ended before, so it is not too late for any.
      ...this.#waits.map((wait) => ({
        from: next,
        to: wait.step,
        ms: -(wait.ms + this.#lateness),
      })),
    ];
  }

  /** The time, which goes on a little each time it is asked. */
  tick(): number {
    this.asksTime = true;
    return (this.#now += TICK_MS);
  }

  /** Adds a wait. @returns what the program has of it */
  add(callback: () => void, ms: number, repeats = false): object {
    const id = ++this.#ids;
    const timer = timerOf(id);
    this.#waits.push({
      id,
      timer,
      // What no task begins is that of the one whose wait has ended.
      who: atWork.getStore() ?? this.#who ?? id,
      callback: AsyncLocalStorage.bind(callback),
      step: this.#step,
      ms,
      due: this.#now + ms,
      repeats,
    });
    return timer;
  }

  /** Clears a wait, by what the program has of it or by its number. */
  drop(cleared: unknown): void {
    this.#waits = this.#waits.filter(
      ({ timer, id }) => timer !== cleared && id !== cleared,
    );
  }

  /** Refuses what would end, or tell the time, in no order of ours. */
  refuse(name: string): never {
    this.refusal ??= new Error(
      `${name} cannot be explored: a program in every order waits for timers and promises only, and has the time from performance.now only.`,
    );
    throw this.refusal;
  }
}

/** As Node's, as far as programs here go: it keeps nothing alive. */
function timerOf(id: number): object {
  const timer = {
    ref: () => timer,
    unref: () => timer,
    [Symbol.toPrimitive]: () => id,
  };
  return timer;
}

/** As in Node: what is no delay, or too long for one, is 1 ms. */
function delayOf(ms: unknown): number {
  const asked = Number(ms);
  return asked >= 1 && asked < 2 ** 31 ? Math.trunc(asked) : 1;
}

/** What a stand-in does; `real` does what the real thing would. */
type Act = (
  clock: StandInClock,
  given: readonly unknown[],
  real: () => unknown,
) => unknown;

const STAND_INS: Record<string, Act> = {
  setTimeout: (clock, [act, ms, ...given]) =>
    clock.add(() => (act as Callback)(...given), delayOf(ms)),
  setInterval: (clock, [act, ms, ...given]) =>
    clock.add(() => (act as Callback)(...given), delayOf(ms), true),
  setImmediate: (clock, [act, ...given]) =>
    clock.add(() => (act as Callback)(...given), 0),
  clearTimeout: (clock, [timer]) => clock.drop(timer),
  clearInterval: (clock, [timer]) => clock.drop(timer),
  clearImmediate: (clock, [timer]) => clock.drop(timer),
  "performance.now": (clock) => clock.tick(),
  "performance.mark": (clock, [name, options]) => ({
    name,
    detail: (options as PerformanceMarkOptions | undefined)?.detail,
    entryType: "mark",
    startTime: clock.tick(),
    duration: 0,
  }),
  "performance.measure": (clock, [name, options]) => {
    const { start = 0, detail } = (options ?? {}) as PerformanceMeasureOptions;
    return {
      name,
      detail,
      entryType: "measure",
      startTime: Number(start),
      duration: clock.tick() - Number(start),
    };
  },
  Date: (clock, given, real) =>
    given.length > 0 ? real() : clock.refuse("new Date()"),
};

/** Other ways of waiting and other clocks, which are not explored. */
const REFUSED = [
  "AbortSignal.timeout",
  "Atomics.wait",
  "Atomics.waitAsync",
  "BroadcastChannel",
  "Date.now",
  "EventSource",
  "MessageChannel",
  "WebSocket",
  "Worker",
  "fetch",
  "process.getBuiltinModule",
  "process.hrtime",
  "process.hrtime.bigint",
  "process.uptime",
];

/** Takes the place of timers and clocks. @returns what puts them back */
export function installStandIns(): () => void {
  const refusals = REFUSED.map((path): [string, Act] => [
    path,
    (clock) => clock.refuse(path),
  ]);
  const restores = [...Object.entries(STAND_INS), ...refusals].map((one) =>
    standIn(...one),
  );
  return () => {
    for (const restore of restores.reverse()) restore();
  };
}

/** @param path where it is, from the global object */
function standIn(path: string, act: Act): () => void {
  const names = path.split(".");
  const name = names.pop()!;
  const owner = names.reduce<unknown>(
    (object, key) => Reflect.get(object as object, key),
    globalThis,
  ) as object;
  const real: unknown = Reflect.get(owner, name);
  // Not every runtime has all of them.
  if (typeof real !== "function") return () => {};
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value: new Proxy(real, {
      apply: (_, self, given) =>
        inRun(act, given, () => Reflect.apply(real, self, given)),
      construct: (_, given, target) =>
        inRun(act, given, () =>
          Reflect.construct(real, given, target),
        ) as object,
    }),
  });
  return () => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  };
}

function inRun(act: Act, given: unknown[], real: () => unknown): unknown {
  const clock = atRun.getStore();
  return clock ? act(clock, given, real) : real();
}
