/** The reader's theme, language and wish to see all answers: kept where the browser allows it. */

import { keep } from "./kept.ts";

const { documentElement: root } = document;
const theme = document.querySelector<HTMLSelectElement>("select[data-theme]");
if (theme) {
  theme.hidden = false;
  theme.value = root.dataset["theme"] ?? "";
  theme.addEventListener("change", () => {
    root.dataset["theme"] = theme.value;
    keep("theme", theme.value);
  });
}

const all = document.querySelector<HTMLInputElement>("input[data-all]");
if (all) {
  all.checked = Boolean(root.dataset["all"]);
  all.onchange = () => {
    keep("all", (root.dataset["all"] = all.checked ? "1" : ""));
  };
}

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
