/** What happens when Run is pressed: loaded then, and not before. */
import styles from "../../styles/run-panel.css?inline";
import { fromZero } from "../../measure/from-zero.ts";
import { layoutTimeline } from "../../draw/timeline-layout.ts";
import type { TimelineData } from "../../draw/timeline-layout.ts";
import { timelineSvg } from "../../draw/timeline-svg.ts";
import { onPress } from "../on-press.ts";
import type { RunMessage } from "./messages.ts";
import { startWorker } from "./start-worker.ts";

/** What the site serves for a run, in the page's language. */
export interface RunData {
  /** The address of `run-worker.ts`. */
  worker: string;
  recorded: TimelineData;
  /** The tracks that begin another variant. */
  variants: readonly string[];
  /** The example's English words in the page's language. */
  names: Record<string, string>;
  words: {
    run: string;
    stop: string;
    running: string;
    ended: string;
    stopped: string;
    hidden: string;
    hung: string;
    flooded: string;
    failed: string;
    notLoaded: string;
    times: string;
    yours: string;
    /** Above a run before the last one. */
    earlier: string;
    /** Above the recorded output, which stands below the reader's own. */
    before: string;
    noCpu: string;
  };
}

interface Run extends TimelineData {
  spans: { name: string; track: string; start: number; end: number }[];
  points: { name: string; track: string; at: number }[];
  lines: string[];
}

const HUNG_AFTER_MS = 10_000;
/** A press that was meant to stop a run must not start the next one. */
const DEAF_AFTER_END_MS = 400;
/** How many runs stay visible, the current one included. */
const RUNS_KEPT = 3;

// The page's policy allows no other style that is added later.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

onPress<RunData>("run", (button, data) => {
  new RunPanel(button, data).toggle();
});

class RunPanel {
  /** The one above the listing, and one beside the drawings. */
  readonly #buttons: HTMLButtonElement[];
  readonly #slug: string;
  readonly #panel: HTMLElement;
  readonly #data: RunData;
  readonly #status: HTMLElement;
  readonly #drawings: HTMLElement;
  readonly #output: HTMLElement;
  readonly #earlier: HTMLElement;
  readonly #recorded: SVGElement;
  #runs: Run[] = [];
  #worker: Worker | undefined;
  #watchdog = 0;
  #frame = 0;
  /** When the last run ended by itself. */
  #endedAt = -DEAF_AFTER_END_MS;

  constructor(button: HTMLButtonElement, data: RunData) {
    this.#slug = button.dataset["slug"]!;
    this.#data = data;
    const figure = button.closest("figure")!;
    this.#recorded = figure.querySelector<SVGElement>("svg.timeline")!;
    this.#panel = document.createElement("div");
    this.#panel.className = "part yours";
    this.#panel.innerHTML =
      '<p class="label"></p><p role="status"></p><button class="btn run"></button><div></div><pre tabindex="0"><samp></samp></pre><div></div><p class="label"></p><pre tabindex="0"></pre><p class="label"></p>';
    const [title, status, again, drawings, output, earlier, ...others] =
      this.#panel.children;
    const [before, recorded, note] = others;
    title!.textContent = data.words.yours;
    before!.textContent = data.words.before;
    recorded!.textContent = figure.querySelector("samp")!.textContent;
    note!.textContent = data.words.noCpu;
    this.#status = status as HTMLElement;
    this.#buttons = [button, again as HTMLButtonElement];
    this.#drawings = drawings as HTMLElement;
    this.#output = output!.firstChild as HTMLElement;
    this.#earlier = earlier as HTMLElement;
    this.#recorded.closest(".part")!.after(this.#panel);
    for (const each of this.#buttons) {
      // The second press of a double one would stop the run at once.
      each.onclick = ({ detail }) => detail < 2 && this.toggle();
    }
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.#worker) this.#end(data.words.hidden, true);
    });
  }

  /** Starts a run, or stops the one that is going on. */
  toggle(): void {
    if (this.#worker) this.#end(this.#data.words.stopped);
    else if (performance.now() - this.#endedAt > DEAF_AFTER_END_MS)
      this.#start();
  }

  #start(): void {
    const { words } = this.#data;
    this.#runs = [{ spans: [], points: [], lines: [] }, ...this.#runs];
    this.#runs.length = Math.min(this.#runs.length, RUNS_KEPT);
    this.#label(words.stop);
    this.#status.textContent = words.running;
    const worker = startWorker(this.#data.worker);
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<RunMessage>) => {
      // What a run that has ended still had on its way.
      if (this.#worker === worker) this.#take(data);
    };
    worker.onerror = ({ message }) =>
      this.#end(
        // A worker that does not load fails without a message.
        message ? words.failed.replace("{error}", message) : words.notLoaded,
      );
    worker.postMessage(this.#slug);
    this.#watchdog = window.setTimeout(
      () => this.#end(words.hung),
      HUNG_AFTER_MS,
    );
    this.#draw();
    this.#makeRoom();
    this.#buttons[1]!.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = calm ? "instant" : "smooth";
    this.#panel.scrollIntoView({ block: "nearest", behavior });
  }

  /** As high as the recorded run, so that all of the run to come is in view. */
  #makeRoom(): void {
    const height = this.#recorded.getAttribute("height")!;
    this.#drawings.style.minHeight = `${height}px`;
    const recorded = this.#panel.querySelector("pre:last-of-type")!;
    const output = this.#output.parentElement!;
    output.style.minHeight = `${recorded.clientHeight}px`;
  }

  #take(message: RunMessage): void {
    const { words } = this.#data;
    const [run] = this.#runs as [Run];
    if (message.kind === "line") run.lines.push(message.text);
    else if (message.kind === "span") {
      run.spans.push(message.span);
      this.#showInDevTools(message.span);
    } else if (message.kind === "point") run.points.push(message.point);
    else if (message.kind === "ended") {
      this.#endedAt = performance.now();
      this.#end(words.ended);
    } else if (message.kind === "flooded") this.#end(words.flooded);
    else this.#end(words.failed.replace("{error}", message.text));
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /**
   * Repeats a span on the page's own timeline, as a custom track of the
   * Performance panel: https://developer.chrome.com/docs/devtools/performance/extension
   */
  #showInDevTools({ name, track, start, end }: Run["spans"][number]): void {
    const trackGroup = `examples/${this.#slug}.ts`;
    performance.measure(name, {
      start: Math.max(0, start - performance.timeOrigin),
      end: Math.max(0, end - performance.timeOrigin),
      detail: { devtools: { dataType: "track-entry", track, trackGroup } },
    });
  }

  #end(status: string, discard = false): void {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#label(this.#data.words.run);
    this.#status.textContent = status;
    if (discard) this.#runs.shift();
    this.#draw();
  }

  #label(text: string): void {
    for (const button of this.#buttons) button.textContent = text;
  }

  /** Draws the recorded run and the reader's own on one axis. */
  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { recorded, variants, names, words } = this.#data;
    const runs = this.#runs.map(fromZero);
    const until = Math.max(
      ...[recorded, ...runs].map(
        (run) => layoutTimeline(run, { variants }).until,
      ),
    );
    const draw = (run: TimelineData, label: string): string =>
      timelineSvg(layoutTimeline(run, { until, variants }), {
        name: (name) => names[name] ?? name,
        times: (count) => words.times.replace("{n}", String(count)),
        label,
      });
    const old = this.#recorded.getAttribute("aria-label")!;
    redraw(this.#recorded, draw(recorded, old));
    const [last, ...others] = runs.map((run, n) =>
      run.spans.length + run.points.length > 0
        ? draw(run, n ? words.earlier : words.yours)
        : "",
    );
    this.#drawings.innerHTML = last ?? "";
    this.#earlier.innerHTML = others
      .map((drawn) => drawn && `<p class="label">${words.earlier}</p>${drawn}`)
      .join("");
    this.#output.textContent = this.#runs[0]?.lines.join("\n") ?? "";
  }
}

/** Replaces what is in a drawing, and keeps the element itself. */
function redraw(svg: SVGElement, drawing: string): void {
  const parsed = document.createElement("div");
  parsed.innerHTML = drawing;
  svg.replaceChildren(...parsed.firstElementChild!.childNodes);
}
