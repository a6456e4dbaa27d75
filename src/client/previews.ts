import preview from "./preview.ts?worker&url";

/**
 * Asks for the preview of a link to another page, and for the footnote behind
 * a number, on hover and on focus.
 */
function ask({ target }: Event): void {
  const asked = (target as Element).closest("main :is(p, li) > a, .ref");
  const isOther =
    asked instanceof HTMLAnchorElement &&
    (asked.host !== location.host || asked.pathname === location.pathname);
  if (!asked || isOther) return;
  import(/* @vite-ignore */ preview).then(
    () => asked.dispatchEvent(new Event("preview", { bubbles: true })),
    // Without a preview the link is still a link.
    () => {},
  );
}

addEventListener("pointerover", ask);
addEventListener("focusin", ask);
