/**
 * Hands the browser the page's prefetch rules after the first paint: to match
 * them with the links before it would keep a slow phone's reader waiting.
 */
const rules = document.querySelector("template")!;
requestAnimationFrame(() =>
  setTimeout(() => document.body.append(rules.content)),
);
