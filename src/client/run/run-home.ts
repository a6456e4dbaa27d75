/** The first page's Run: loaded when it is pressed, and not before. */
import type { Bound } from "../../measure/bound.ts";
import { holds } from "../../measure/bound.ts";
import { peak } from "../../measure/shapes.ts";
import { layoutTimeline } from "../../draw/timeline-layout.ts";
import { timelineSvg } from "../../draw/timeline-svg.ts";
import { onPress } from "../on-press.ts";
import type { RunMessage } from "./messages.ts";
import { startWorker } from "./start-worker.ts";

/** What the site serves for it, in the page's language. */
export interface HomeRunData {
  /** The address of `run-worker.ts`. */
  worker: string;
  slug: string;
  /** The tracks of the run that are drawn side by side. */
  tracks: { inTurn: string; together: string };
  /** What the claim asks of the calls in flight. */
  bound: Bound;
  /** The example's English words in the page's language. */
  names: Record<string, string>;
  words: {
    inTurn: string;
    together: string;
    /** With `{name}` and `{ms}`. */
    length: string;
    running: string;
    /** With `{inTurn}` and `{together}` in ms, `{most}` and `{fewest}` in flight. */
    yours: string;
    /** Behind it, by what was in flight. */
    holds: string;
    broken: string;
    /** With `{error}`. */
    failed: string;
    notLoaded: string;
  };
}

interface Call {
  name: string;
  start: number;
  end: number;
}

/** How much slower than it ran a run is drawn: 0.2 s would be over at once. */
const SLOWER = 8;

onPress<HomeRunData>("home", (button, data) => {
  const pair = document.querySelector(".pair")!;
  const status = document.querySelector("main > [role=status]")!;
  const begin = async () => {
    button.disabled = true;
    status.textContent = data.words.running;
    try {
      const calls = await run(data);
      pair.classList.add("yours");
      await show(pair, calls, data);
      status.textContent = told(calls, data);
    } catch (error) {
      const { message } = error as Error;
      const { failed, notLoaded } = data.words;
      status.textContent = message
        ? failed.replace("{error}", message)
        : notLoaded;
    }
    button.disabled = false;
  };
  button.onclick = () => void begin();
  void begin();
});

/**
 * Runs an example in a worker, and gives its spans by their track.
 *
 * @throws what the example threw; an error without a message where the worker
 *   does not load
 */
function run({
  worker: file,
  slug,
}: HomeRunData): Promise<Map<string, Call[]>> {
  const worker = startWorker(file);
  const calls = new Map<string, Call[]>();
  const { promise, resolve, reject } =
    Promise.withResolvers<Map<string, Call[]>>();
  worker.onmessage = ({ data }: MessageEvent<RunMessage>) => {
    if (data.kind === "span") {
      const { name, track, start, end } = data.span;
      calls.set(track, [...(calls.get(track) ?? []), { name, start, end }]);
    } else if (data.kind === "ended") resolve(calls);
    else if (data.kind === "failed") reject(new Error(data.text));
  };
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(slug);
  return promise.finally(() => worker.terminate());
}

/** The calls of both ways, each from its own zero. */
function bothWays(
  calls: Map<string, Call[]>,
  { tracks }: HomeRunData,
): Record<"inTurn" | "together", Call[]> {
  const fromZero = (track: string) => {
    const of = calls.get(track) ?? [];
    const zero = Math.min(...of.map(({ start }) => start));
    return of.map(({ name, start, end }) => ({
      name,
      start: start - zero,
      end: end - zero,
    }));
  };
  return {
    inTurn: fromZero(tracks.inTurn),
    together: fromZero(tracks.together),
  };
}

const lengthOf = (calls: Call[]) => Math.max(...calls.map(({ end }) => end));

/** Lets both timelines grow on one axis, more slowly than they ran. */
async function show(
  pair: Element,
  calls: Map<string, Call[]>,
  data: HomeRunData,
): Promise<void> {
  const ways = bothWays(calls, data);
  const until = Math.max(...Object.values(ways).map(lengthOf));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const begun = performance.now();
  for (let now = 0; now < until;) {
    await new Promise(requestAnimationFrame);
    now = isCalm ? until : (performance.now() - begun) / SLOWER;
    draw(pair, ways, until, now, data);
  }
}

function draw(
  pair: Element,
  ways: Record<"inTurn" | "together", Call[]>,
  until: number,
  now: number,
  { names, words }: HomeRunData,
): void {
  for (const [index, way] of (["inTurn", "together"] as const).entries()) {
    const place = pair.children[index]!;
    const ms = Math.min(now, lengthOf(ways[way])).toFixed();
    const title = words.length
      .replace("{name}", words[way])
      .replace("{ms}", ms);
    place.firstElementChild!.textContent = title;
    // A call that is still to come has its lane, so that nothing jumps.
    const spans = ways[way].map(({ name, start, end }) => ({
      name,
      start: Math.min(start, now),
      end: Math.min(end, now),
    }));
    place.lastElementChild!.outerHTML = timelineSvg(
      layoutTimeline({ spans, points: [] }, { until }),
      { name: (name) => names[name] ?? name, times: String, label: title },
    );
  }
}

/** What the run took, and whether the page's claim holds for it. */
function told(calls: Map<string, Call[]>, data: HomeRunData): string {
  const { inTurn, together } = bothWays(calls, data);
  const { words, bound } = data;
  const most = peak(together);
  const figures = words.yours
    .replace("{inTurn}", lengthOf(inTurn).toFixed())
    .replace("{together}", lengthOf(together).toFixed())
    .replace("{most}", String(most))
    .replace("{fewest}", String(peak(inTurn)));
  return `${figures} ${holds(bound, most) ? words.holds : words.broken}`;
}
