/** Shows what the checks find at the foot of the page. `npm run dev` only. */
import { TIMES } from "./times-told.ts";

const STYLE = `
  .findings {
    position: fixed; inset: auto 0 0; max-height: 40vh; overflow: auto;
    padding: 0.4rem 1rem; font: 0.8rem/1.5 ui-monospace, monospace;
    color: #fff; background: #7a1f1f; z-index: 10;
  }
  .findings summary { color: inherit; cursor: pointer; }
  .findings ul { margin: 0.4rem 0; padding-left: 1.2rem; }
  @media print { .findings { display: none; } }
`;
const CLOSED = "findings-closed";

const box = document.createElement("details");
box.className = "findings";
box.lang = "en";
box.open = sessionStorage.getItem(CLOSED) === null;
box.addEventListener("toggle", () => {
  if (box.open) sessionStorage.removeItem(CLOSED);
  else sessionStorage.setItem(CLOSED, "");
});
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets.push(sheet);

import.meta.hot?.on("findings", (text: string) => {
  // That results of other runtimes, their reasons, or scores of broken versions
  // are old is no matter of who writes a note.
  const old = /^src\/content\/(?:runtimes|mutation|reasons)[^ ]+ warning: /;
  const all = text.split("\n").filter((line) => line !== "" && !old.test(line));
  // Those of the page's own note first.
  const slug = location.pathname.split("/").at(-2);
  const own = all.filter((line) => line.includes(`/${slug}.`));
  const others = all.filter((line) => !own.includes(line));
  const summary = document.createElement("summary");
  summary.textContent = `Findings: ${own.length} of this note, ${others.length} of others`;
  const list = document.createElement("ul");
  for (const line of [...own, ...others]) {
    list.append(
      Object.assign(document.createElement("li"), { textContent: line }),
    );
  }
  box.replaceChildren(summary, list);
  if (all.length > 0) document.body.append(box);
  else box.remove();
});
const [opening] = performance.getEntriesByType("navigation");
const told = (opening as PerformanceNavigationTiming).serverTiming;
import.meta.hot?.send(
  "findings:ask",
  told.find(({ name }) => name === TIMES)?.duration,
);
