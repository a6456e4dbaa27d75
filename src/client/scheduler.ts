/**
 * You are the scheduler: the reader decides who goes on, step by step, among
 * all places that orders pass. Loaded when it is asked for, and not before.
 */

/** What the site serves for it, in the page's language. */
export interface Schedule {
  /** A place: the steps that can be next, its end if it is one, the counts. */
  places: {
    /** By whom: what is done, the place behind it, the line of the listing. */
    next: Record<number, [does: string, to: number, line?: number]>;
    end?: number;
    left: string[];
  }[];
  /** "Balance, still possible: {ends}" */
  possible: string;
  /** Each end, as it is told there: "1 in {n} orders". */
  left: string[];
  ended: string[];
  /** Who can go on: "task 1". */
  who: string[];
  /** The word for one step back. */
  back: string;
}

document.addEventListener("schedule", (event) => {
  const { target, detail } = event as CustomEvent<Record<string, Schedule>>;
  const root = target as HTMLElement;
  begin(root, detail[root.dataset["of"]!]!);
});

/** Puts the steps, the buttons and what can still be reached into the page. */
function begin(root: HTMLElement, schedule: Schedule): void {
  const { places, who, possible, left, ended, back } = schedule;
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
  const code = root.closest("main")!.querySelector(".example > pre > code");

  const show = (line?: number): void => {
    const { next, end, left: counts } = places[path.at(-1)!]!;
    status.textContent =
      end === undefined
        ? possible.replace("{ends}", tellCounts(left, counts))
        : ended[end]!;
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
    taken.lastChild!.remove();
    show();
  };
  const goOn = (index: number): void => {
    const [does, to, line] = places[path.at(-1)!]!.next[index + 1]!;
    path.push(to);
    const item = document.createElement("li");
    item.textContent = `${who[index]} ${does}`;
    taken.append(item);
    show(line);
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
