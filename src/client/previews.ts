import { load } from "./load.ts";
import preview from "./preview.ts?worker&url";

/** Asks for the preview of a link to another page, on hover and on focus. */
function ask({ target }: Event): void {
  const link = (target as Element).closest<HTMLAnchorElement>(
    "main :is(p, li) > a",
  );
  if (link?.host !== location.host || link.pathname === location.pathname) {
    return;
  }
  load(preview).then(
    () => link.dispatchEvent(new Event("preview", { bubbles: true })),
    // Without a preview the link is still a link.
    () => {},
  );
}

addEventListener("pointerover", ask);
addEventListener("focusin", ask);
