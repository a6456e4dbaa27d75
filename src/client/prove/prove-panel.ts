/** What happens when "Prove it here" is pressed: loaded then, and not before. */
import styles from "../../styles/prove-here.css?inline";
import type { Language } from "../../book/languages.ts";
import { distributionSvg } from "../../draw/distribution.ts";
import { showFigure } from "../../draw/figure.ts";
import { holds } from "../../measure/bound.ts";
import { explain } from "../../measure/explain.ts";
import { faultOf } from "../../measure/measure-claim.ts";
import type { MeasuredClaim } from "../../measure/measured-claim.ts";
import type { Need } from "../../measure/needs.ts";
import { onPress } from "../on-press.ts";
import type { Aborted, Ended } from "./measure-here.ts";
import { measureHere } from "./measure-here.ts";

/** The subject of a claim or a control of it, as it was recorded. */
export interface Recorded {
  name: string;
  spread?: [least: number, greatest: number];
}

export interface ClaimData {
  sentence: string;
  /** Why no browser can measure it, if none can. */
  nodeOnly?: string | undefined;
  subject: Recorded;
  /** By their names in the test. */
  controls: Record<string, Recorded>;
}

/** What the site serves for it, in the page's language. */
export interface ProveData {
  slug: string;
  /** How often each claim is measured. */
  runs: number;
  /** All claims of the note, by id. */
  claims: Record<string, ClaimData>;
  /** How to measure one in Node, with a place for its id. */
  command: string;
  /** Where to report a claim that falls, if there is a repository. */
  report?: string | undefined;
  /** What its claims need. */
  needs: Partial<Record<Need, string>>;
  words: Record<
    | "stop"
    | "waiting"
    | "running"
    | "holds"
    | "falls"
    | "controlHolds"
    | "noFigure"
    | "missing"
    | "stopped"
    | "hidden"
    | "hung"
    | "failed"
    | "notLoaded"
    | "value"
    | "spread"
    | "legend"
    | "report"
    | "tally",
    string
  >;
}

const MARKS = { holds: "✓", falls: "✗", none: "–" };
/** Whether a claim holds here, falls, or has no verdict. */
type Verdict = keyof typeof MARKS;

// The page's policy allows no other style that is added later.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const language = document.documentElement.lang as Language;
const machine = `${navigator.userAgent}, ${navigator.hardwareConcurrency} cores, ${crossOriginIsolated ? "" : "not "}isolated`;
/** By the element that has the claim's evidence. */
const cards = new Map<Element, Card>();
/** What is measured now, or waits. */
const going = new Set<AbortController>();
const STOPPED: Aborted = "stopped";
const HIDDEN: Aborted = "hidden";
/** Two at once would measure each other, so each begins when this is done. */
let before: Promise<void> = Promise.resolve();

onPress<ProveData>("prove", (button, data) => {
  new Press(button, data).toggle();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const each of going) each.abort(HIDDEN);
});

/** What one button proves: one claim, or all of the note. */
class Press {
  readonly #button: HTMLButtonElement;
  readonly #label: string;
  readonly #data: ProveData;
  readonly #cards: Card[];
  readonly #status: HTMLElement;
  readonly #list = document.createElement("ul");
  readonly #legend = document.createElement("small");
  #controller: AbortController | undefined;

  constructor(button: HTMLButtonElement, data: ProveData) {
    this.#button = button;
    this.#label = button.textContent;
    this.#data = data;
    const { claim } = button.dataset;
    const ids = claim === undefined ? Object.keys(data.claims) : [claim];
    const within = button.closest("article, main")!;
    this.#cards = ids.map((id) => cardOf(id, data, within));
    this.#status = document.createElement("p");
    if (claim === undefined) {
      const overview = document.createElement("div");
      overview.className = "part here";
      overview.append(this.#status, this.#list, this.#legend);
      button.parentElement!.after(overview);
    } else this.#status = this.#cards[0]!.status;
    this.#status.role = "status";
    this.#legend.textContent = data.words.legend;
    button.onclick = () => this.toggle();
  }

  /** Starts to measure, or stops. */
  toggle(): void {
    if (this.#controller) return this.#controller.abort(STOPPED);
    const controller = new AbortController();
    this.#controller = controller;
    going.add(controller);
    this.#button.textContent = this.#data.words.stop;
    this.#status.textContent = this.#data.words.waiting;
    before = before.then(() => this.#prove(controller));
  }

  async #prove(controller: AbortController): Promise<void> {
    const { words } = this.#data;
    const tally = { holds: 0, falls: 0, none: 0, n: this.#cards.length };
    this.#list.replaceChildren();
    this.#status.textContent = words.running;
    for (const card of this.#cards) {
      const verdict = await card.prove(controller.signal);
      tally[verdict]++;
      this.#list.append(card.entry(verdict));
    }
    if (tally.n > 1) this.#status.textContent = fill(words.tally, tally);
    else if (tally.none === 0) this.#status.parentElement!.append(this.#legend);
    going.delete(controller);
    this.#controller = undefined;
    this.#button.textContent = this.#label;
  }
}

/** One claim, and what comes of it beside its evidence. */
class Card {
  /** Says the verdict. */
  readonly status = document.createElement("p");
  readonly #id: string;
  readonly #data: ProveData;
  readonly #place: Element;
  readonly #claim: ClaimData;
  readonly #root: HTMLElement;

  constructor(id: string, data: ProveData, place: Element) {
    this.#id = id;
    this.#data = data;
    this.#place = place;
    this.#claim = data.claims[id]!;
    const root = place.querySelector<HTMLElement>(".here");
    this.#root = root ?? document.createElement("div");
    this.#root.className = "here";
    if (!root) this.#root.append(this.status);
    // Beside the button, where the claim has one of its own.
    const button = place.querySelector("[data-press]");
    if (button) button.parentElement!.after(this.#root);
    else if (!root) place.append(this.#root);
  }

  /** Measures the claim, shows what comes of it, and gives the verdict. */
  async prove(signal: AbortSignal): Promise<Verdict> {
    const { slug, runs, command, words } = this.#data;
    const drawing = document.createElement("div");
    const progress = document.createElement("progress");
    progress.max = runs;
    progress.value = 0;
    progress.ariaLabel = words.running;
    this.#root.replaceChildren(this.status, progress, drawing);
    delete this.#root.dataset["verdict"];
    const { nodeOnly } = this.#claim;
    if (nodeOnly !== undefined) {
      progress.replaceWith(code(command.replace("{id}", this.#id)));
      return this.#say("none", nodeOnly);
    }
    this.status.textContent = words.running;
    const asked = { id: this.#id, runs };
    const onRun = (soFar: MeasuredClaim) => {
      progress.value = soFar.subject.length;
      drawing.innerHTML = this.#draw(soFar);
    };
    const ended = await measureHere(slug, asked, onRun, signal);
    progress.remove();
    if (ended.kind === "end" && "measured" in ended.end) {
      return this.#judge(ended.end.measured);
    }
    // Of a hidden page nothing is kept: its timers may have been slowed down.
    if (ended.kind === "hidden") drawing.remove();
    return this.#say("none", this.#why(ended, progress.value));
  }

  /** A line about the claim, for a list. */
  entry(verdict: Verdict): HTMLElement {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${this.#place.id || `claim-${this.#id}`}`;
    link.textContent = this.#claim.sentence;
    item.append(`${MARKS[verdict]} `, link);
    if (verdict !== "holds") item.append(` ${this.status.textContent}`);
    return item;
  }

  #judge(measured: MeasuredClaim): Verdict {
    const { words } = this.#data;
    const n = measured.subject.length;
    const fault = faultOf(measured);
    if (!fault) return this.#say("holds", fill(words.holds, { n }));
    if (fault.kind === "no figure") return this.#say("none", words.noFigure);
    const text = explain(this.#data.slug, this.#id, measured, fault, machine);
    this.#root.append(code(text), ...this.#report(text));
    if (fault.kind === "controls") {
      const names = fault.names.map((name) => this.#recorded(name).name);
      const said = fill(words.controlHolds, { names: names.join(", ") });
      return this.#say("falls", said);
    }
    const failed = measured.subject.filter(
      (figure) => !holds(measured.bound, figure),
    ).length;
    return this.#say("falls", fill(words.falls, { failed, n }));
  }

  /** A link to a new issue, with all that it asks for filled in. */
  #report(message: string): HTMLElement[] {
    const { slug, runs, report, words } = this.#data;
    if (report === undefined) return [];
    const link = document.createElement("a");
    const title = `${slug}/${this.#id} falls in a browser`;
    const often = `${runs} runs in one press`;
    link.href = `${report}&${new URLSearchParams({ title, message, machine, often })}`;
    link.textContent = words.report;
    return [link];
  }

  #why(ended: Ended, n: number): string {
    const { needs, words } = this.#data;
    if (ended.kind === "failed")
      return fill(words.failed, { error: ended.text });
    if (ended.kind !== "end") return fill(words[ended.kind], { n });
    const { missing } = ended.end as { missing: Need };
    return fill(words.missing, { need: needs[missing] ?? missing });
  }

  #say(verdict: Verdict, text: string): Verdict {
    this.status.textContent = text;
    this.#root.dataset["verdict"] = verdict;
    return verdict;
  }

  /** Draws the reader's runs over the spread of the recorded ones. */
  #draw({ unit, bound, subject, controls }: MeasuredClaim): string {
    const { words } = this.#data;
    const show = (value: number) => showFigure(value, unit, language);
    const row = ({ name, spread }: Recorded, figures: readonly number[]) => {
      const [min, max] = [Math.min(...figures), Math.max(...figures)];
      const phrase = min === max ? words.value : words.spread;
      return {
        label: fill(phrase, { name, min: show(min), max: show(max) }),
        figures: figures.filter(Number.isFinite),
        isSubject: false,
        spread,
      };
    };
    const rows = Object.entries(controls).map(([name, { figures }]) =>
      row(this.#recorded(name), figures),
    );
    rows.unshift({ ...row(this.#claim.subject, subject), isSubject: true });
    const label = rows.map(({ label }) => label).join("; ");
    return distributionSvg(rows, bound.value, show, label);
  }

  /** What the last recording knows of a control; its test may be newer. */
  #recorded(name: string): Recorded {
    return this.#claim.controls[name] ?? { name };
  }
}

/** The card of a claim, which every button that proves it uses. */
function cardOf(id: string, data: ProveData, within: Element): Card {
  const place = within.querySelector(
    `[id$="claim-${id}"] + .proof, section[id="${id}"]`,
  )!;
  const card = cards.get(place) ?? new Card(id, data, place);
  cards.set(place, card);
  return card;
}

function code(text: string): HTMLElement {
  const element = document.createElement("pre");
  element.tabIndex = 0;
  element.textContent = text;
  return element;
}

/** Puts values into the places of a phrase: `"{n} runs"` with `{ n: 20 }`. */
function fill(phrase: string, values: Record<string, string | number>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name]}`);
}
