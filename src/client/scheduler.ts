/**
 * You are the scheduler: the reader decides who goes on, step by step, among
 * all places that orders pass. Loaded when it is asked for, and not before.
 */

import styles from "../styles/scheduler.css?inline";
import { onPress } from "./on-press.ts";

/** "r" for a read, "w" for a write, each with its cell; else nothing. */
export type Access = string;

/** What the site serves for it, in the page's language. */
export interface Schedule {
  /** A place: the steps that can be next, its end if it is one, the counts. */
  places: {
    /** By whom: what is done, the place behind it, and the line of the listing. */
    next: Record<
      number,
      [does: string, to: number, access: Access, line?: number]
    >;
    end?: number;
    left: string[];
  }[];
  /** "Balance, still possible: {ends}" */
  possible: string;
  /** Each end, as it is told there: "1 in {n} orders". */
  left: string[];
  ended: string[];
  /** What is said of a lost update. */
  lost: string;
  /** Who can go on: "task 1". */
  who: string[];
  /** The word for one step back. */
  back: string;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

onPress<Record<string, Schedule>>("schedule", (button, schedules) => {
  begin(button.parentElement!, schedules[button.dataset["of"]!]!);
});

/** Puts the steps, the buttons and what can still be reached into the page. */
function begin(root: HTMLElement, schedule: Schedule): void {
  const { places, who, possible, left, ended, lost, back } = schedule;
  const status = document.createElement("p");
  status.role = "status";
  const taken = document.createElement("ol");
  const buttons = [...who, back].map((text) => {
    const button = document.createElement("button");
    button.className = "btn";
    const name = document.createElement("b");
    name.textContent = text;
    button.append(name, "");
    return button;
  });
  const path = [0];
  const steps: { index: number; access: Access }[] = [];
  const code = root.closest("main")!.querySelector(".example > pre > code");

  const show = (said = "", line?: number): void => {
    const { next, end, left: counts } = places[path.at(-1)!]!;
    status.textContent =
      said +
      (end === undefined
        ? possible.replace("{ends}", tellCounts(left, counts))
        : ended[end]!);
    buttons.forEach((button, index) => {
      const step = next[index + 1];
      const isBack = index === who.length;
      // Not `disabled`, which would take the focus away.
      button.ariaDisabled = String(isBack ? path.length < 2 : !step);
      button.lastChild!.textContent = step ? ` ${step[0]}` : "";
    });
    light(code, line);
  };
  const goBack = (): void => {
    path.pop();
    steps.pop();
    taken.lastChild!.remove();
    show();
  };
  const goOn = (index: number): void => {
    const [does, to, access, line] = places[path.at(-1)!]!.next[index + 1]!;
    path.push(to);
    steps.push({ index, access });
    const isLoss = losesUpdate(steps);
    const item = document.createElement("li");
    item.textContent = `${who[index]} ${does}${isLoss ? `. ${lost}` : ""}`;
    taken.append(item);
    show(isLoss ? `${lost} ` : "", line);
  };
  buttons.forEach((button, index) =>
    button.addEventListener("click", () => {
      if (button.ariaDisabled === "true") return;
      if (index === who.length) goBack();
      else goOn(index);
    }),
  );
  show();
  root.replaceChildren(status, taken, ...buttons);
  buttons[0]!.focus();
}

/** Whether the last step writes over what another wrote since it read. */
function losesUpdate(steps: { index: number; access: Access }[]): boolean {
  const { index, access } = steps.at(-1)!;
  if (!access.startsWith("w")) return false;
  const read = access.replace("w", "r");
  const own = (step: { index: number }) => step.index === index;
  const from = steps.findLastIndex((one) => own(one) && one.access === read);
  return (
    from >= 0 &&
    steps.slice(from).some((one) => !own(one) && one.access === access)
  );
}

/** "1 in 4 orders · 2 in 2 orders"; what cannot be reached is left out. */
function tellCounts(left: readonly string[], counts: readonly string[]) {
  return counts
    .flatMap((n, index) => (n === "0" ? [] : left[index]!.replace("{n}", n)))
    .join(" · ");
}

/** Lights up a line of the listing, where a browser can; none without one. */
function light(code: Element | null, line: number | undefined): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("step");
  if (!code || line === undefined) return;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 1;
  let isBegun = false;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    [...text.textContent!].forEach((letter, index) => {
      if (at === line && !isBegun) range.setStart(text, index);
      if (at === line) range.setEnd(text, index + 1);
      isBegun ||= at === line;
      if (letter === "\n") at++;
    });
  }
  CSS.highlights.set("step", new Highlight(range));
}
