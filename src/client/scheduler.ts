/**
 * You are the scheduler: the reader decides who goes on, step by step, among
 * all places that orders pass. Loaded when it is asked for, and not before.
 */

import styles from "../styles/scheduler.css?inline";
import { onPress } from "./on-press.ts";

/** What the site serves for it, in the page's language. */
export interface Schedule {
  /** A place: the steps that can be next, its end if it is one, the counts. */
  places: {
    /**
     * By whom: what is done, the place behind it, what is read and written by
     * whom ("1r0 2w0"), and the lines of the listing.
     */
    next: Record<
      number,
      [does: string, to: number, accesses: string, ...lines: number[]]
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
  const accesses: string[] = [];
  const code = root.closest("main")!.querySelector(".example > details code");

  code?.closest("details")!.setAttribute("open", "");

  const show = (said = "", lines: number[] = []): void => {
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
    light(code, lines);
  };
  const goBack = (): void => {
    path.pop();
    accesses.pop();
    taken.lastChild!.remove();
    show();
  };
  const goOn = (index: number): void => {
    const [does, to, accessed, ...lines] =
      places[path.at(-1)!]!.next[index + 1]!;
    path.push(to);
    const isLoss = losesUpdate(accesses, accessed);
    accesses.push(accessed);
    const item = document.createElement("li");
    item.textContent = `${who[index]} ${does}${isLoss ? `. ${lost}` : ""}`;
    taken.append(item);
    show(isLoss ? `${lost} ` : "", lines);
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

/** Whether a step writes over what another wrote since it was read. */
function losesUpdate(before: readonly string[], step: string): boolean {
  const earlier = before.flatMap((each) => each.split(" "));
  const all = [...earlier, ...step.split(" ")];
  return all.some((write, at) => {
    const [, who, cell] = /^(\d+)w(.*)/.exec(write) ?? [];
    if (who === undefined || at < earlier.length) return false;
    const from = all.lastIndexOf(`${who}r${cell}`, at);
    return (
      from >= 0 &&
      all
        .slice(from, at)
        .some((one) => one.endsWith(`w${cell}`) && one !== write)
    );
  });
}

/** "1 in 4 orders · 2 in 2 orders"; what cannot be reached is left out. */
function tellCounts(left: readonly string[], counts: readonly string[]) {
  return counts
    .flatMap((n, index) => (n === "0" ? [] : left[index]!.replace("{n}", n)))
    .join(" · ");
}

/** Lights up lines of the listing, where a browser can. */
function light(code: Element | null, lines: readonly number[]): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("step");
  if (!code) return;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const ranges = new Map<number, Range>();
  let at = 1;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    [...text.textContent!].forEach((letter, index) => {
      if (lines.includes(at)) {
        let range = ranges.get(at);
        if (!range) {
          ranges.set(at, (range = new Range()));
          range.setStart(text, index);
        }
        range.setEnd(text, index + 1);
      }
      if (letter === "\n") at++;
    });
  }
  CSS.highlights.set("step", new Highlight(...ranges.values()));
}
