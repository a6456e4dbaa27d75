/**
 * Shows what the page behind a link is about: its title and definition, which
 * it has in its head. Fetched when a reader asks, so the page fetched first is
 * in the cache when it is opened.
 */

/** So that a pointer on its way elsewhere opens nothing. */
const HOVER_MS = 250;
/** So that a pointer can get from the link to the preview. */
const LEAVE_MS = 200;

interface About {
  title: string;
  definition: string;
}

const known = new Map<string, Promise<About | undefined>>();
const box = document.createElement("div");
box.className = "note preview";
box.popover = "auto";
document.body.append(box);

let wanted: HTMLAnchorElement | undefined;
let timer = 0;

document.addEventListener("preview", ({ target }) => {
  const link = target as HTMLAnchorElement;
  wanted = link;
  clearTimeout(timer);
  const delay = link.matches(":hover") ? HOVER_MS : 0;
  timer = window.setTimeout(() => void show(link), delay);
  link.addEventListener("pointerleave", leave, { once: true });
  link.addEventListener("blur", leave, { once: true });
});
box.addEventListener("pointerenter", () => clearTimeout(timer));
box.addEventListener("pointerleave", leave);

function leave(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    wanted = undefined;
    box.hidePopover();
  }, LEAVE_MS);
}

async function show(link: HTMLAnchorElement): Promise<void> {
  const url = link.href.replace(/#.*/, "");
  const about = known.get(url) ?? read(url);
  known.set(url, about);
  const told = await about;
  if (!told || wanted !== link) return;
  const title = document.createElement("b");
  title.textContent = told.title;
  box.replaceChildren(title, ` ${told.definition}`);
  box.hidePopover();
  box.showPopover({ source: link });
}

/** Reads a page's head; nothing where the page cannot be had. */
async function read(url: string): Promise<About | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(
      await response.text(),
      "text/html",
    );
    const meta = page.querySelector<HTMLMetaElement>("[name=description]");
    const title = page.querySelector("h1")?.textContent.trim() ?? page.title;
    return { title, definition: meta?.content ?? "" };
  } catch {
    return undefined;
  }
}
