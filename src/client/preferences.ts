/** The reader's theme, language and wish to see all answers: kept where the browser allows it. */

import { keep } from "./kept.ts";

const { documentElement: root } = document;
/** Keeps what a field of the page chooses, on the page and beyond it. */
function bind(name: string, as: "value" | "checked"): void {
  const field = document.querySelector<HTMLInputElement>(
    `[data-${name}]:not(html)`,
  );
  if (!field) return;
  field.hidden = false;
  // A box is checked by any string but the empty one.
  field[as] = (root.dataset[name] ?? "") as never;
  field.onchange = () => {
    keep(name, (root.dataset[name] = String(field[as] || "")));
  };
}
bind("theme", "value");
bind("all", "checked");

// Both languages of a note have the same headings in the same order, so the
// number of the one that is being read leads to the same place in the other.
const headings = [...document.querySelectorAll("main h2[id]")];

/** The number of the heading whose text is being read, from 1; 0 above all. */
const headingNumber = () =>
  headings.filter(
    (heading) => heading.getBoundingClientRect().top < innerHeight / 4,
  ).length;

const asked = headings[Number(location.hash.slice(1)) - 1];
if (asked) location.replace(`#${asked.id}`);
for (const link of document.querySelectorAll<HTMLAnchorElement>(
  "a[hreflang]",
)) {
  link.addEventListener("click", () => {
    keep("language", link.hreflang);
    link.hash = String(headingNumber() || "");
  });
}
