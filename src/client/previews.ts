import preview from "./preview.ts?worker&url";

/** Asks for the preview of a link to another page, on hover and on focus. */
async function ask({ target }: Event): Promise<void> {
  const link = (target as Element).closest<HTMLAnchorElement>(
    "main :is(p, li) > a",
  );
  if (link?.host !== location.host || link.pathname === location.pathname) {
    return;
  }
  await import(/* @vite-ignore */ preview);
  link.dispatchEvent(new Event("preview", { bubbles: true }));
}

addEventListener("pointerover", ask);
addEventListener("focusin", ask);
