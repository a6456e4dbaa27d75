/**
 * You are the scheduler: the reader decides who goes on, step by step. All
 * places that orders pass are in the page, with how many orders lead from each
 * of them to each end.
 */

/** What a page carries for it, as short as it gets. */
export interface Schedule {
  /** A place: the steps that can be next, its end if it is one, the counts. */
  places: {
    /** By whom: what is done, the place behind it, the line of the listing. */
    next: Record<number, [does: string, to: number, line?: number]>;
    end?: number;
    left: string[];
  }[];
  /** The ends, as they are told: "Orders that still lead to 1: {n}". */
  left: string[];
  ended: string[];
}

for (const root of document.querySelectorAll<HTMLElement>("[data-schedule]")) {
  const { places, left, ended } = JSON.parse(
    root.dataset["schedule"]!,
  ) as Schedule;
  const [status, taken, buttons] = [...root.children] as HTMLElement[];
  const path = [0];
  const code = root.closest("main")!.querySelector(".example > pre > code");

  const show = (line?: number) => {
    const { next, end, left: counts } = places[path.at(-1)!]!;
    status!.textContent =
      end === undefined
        ? counts.map((n, index) => left[index]!.replace("{n}", n)).join(" · ")
        : ended[end]!;
    for (const button of buttons!.children as Iterable<HTMLElement>) {
      const who = Number(button.dataset["who"]);
      const step = next[who];
      const isBack = who === 0;
      button.ariaDisabled = String(isBack ? path.length < 2 : !step);
      if (!isBack) button.lastChild!.textContent = step ? step[0] : "";
    }
    light(code, line);
  };

  buttons!.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("button");
    if (!button || button.ariaDisabled === "true") return;
    const who = Number(button.dataset["who"]);
    if (who === 0) {
      path.pop();
      taken!.lastChild!.remove();
      return show();
    }
    const [does, to, line] = places[path.at(-1)!]!.next[who]!;
    path.push(to);
    const item = document.createElement("li");
    item.textContent = `${button.firstChild!.textContent} ${does}`;
    taken!.append(item);
    show(line);
  });
  root.hidden = false;
  show();
}

/** Lights up a line of the listing, where a browser can; none without one. */
function light(code: Element | null, line: number | undefined): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("step");
  if (!code || line === undefined) return;
  const range = document.createRange();
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let at = 1;
  range.setEnd(code, 0);
  while (walker.nextNode()) {
    const { currentNode } = walker;
    [...currentNode.textContent!].forEach((letter, index) => {
      if (at === line && range.collapsed) range.setStart(currentNode, index);
      if (at === line) range.setEnd(currentNode, index + 1);
      if (letter === "\n") at++;
    });
  }
  CSS.highlights.set("step", new Highlight(range));
}
