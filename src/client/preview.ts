/**
 * Shows beside a link what the page behind it is about, and beside a footnote's
 * number the footnote, while a reader points at it or comes to it by keyboard.
 * A page's title and definition stand in its head: it is fetched when a reader
 * asks, so the page fetched first is in the cache when it is opened.
 */

/** So that a pointer on its way elsewhere opens nothing. */
const HOVER_MS = 250;
/** So that a pointer can get from what it pointed at to what is shown. */
const LEAVE_MS = 200;

interface About {
  title: string;
  definition: string;
}

const known = new Map<string, Promise<About | undefined>>();
const box = document.createElement("div");
box.className = "footnote preview";
box.popover = "auto";
document.body.append(box);

/** What a reader points at. */
let wanted: HTMLElement | undefined;
/** What is shown for as long as the reader does. */
let shown: HTMLElement | undefined;
/** The footnote's number that was pressed, for as long as the pointer is there. */
let pressed: Element | undefined;
let timer = 0;

document.addEventListener("preview", ({ target }) => {
  const source = target as HTMLElement;
  if (source === pressed) return;
  wanted = source;
  clearTimeout(timer);
  const delay = source.matches(":hover") ? HOVER_MS : 0;
  timer = window.setTimeout(() => void show(source), delay);
  source.addEventListener("pointerleave", leave, { once: true });
  source.addEventListener("blur", leave, { once: true });
});

document.addEventListener(
  "click",
  ({ target }) => {
    const ref = (target as Element).closest(".ref");
    if (ref) press(ref);
  },
  true,
);
document.addEventListener(
  "beforetoggle",
  (event) => {
    // In the margin a footnote can be read already, and would leave a hole.
    const isSeen = (event.target as Element).checkVisibility();
    if (event.newState === "open" && isSeen) event.preventDefault();
  },
  true,
);

/** The footnote whose number is pressed stays till the next press. */
function press(ref: Element): void {
  if (ref.matches(":hover")) pressed = ref;
  ref.addEventListener("pointerleave", () => (pressed = undefined), {
    once: true,
  });
  clearTimeout(timer);
  // The browser is about to toggle it.
  if (shown !== box) shown?.hidePopover();
  shown = undefined;
}

function leave(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (shown?.matches(":hover, :focus-within")) return;
    wanted = undefined;
    shown?.hidePopover();
    shown = undefined;
  }, LEAVE_MS);
}

async function show(source: HTMLElement): Promise<void> {
  const found =
    source instanceof HTMLAnchorElement
      ? await fill(source)
      : (source as HTMLButtonElement).popoverTargetElement;
  if (!(found instanceof HTMLElement) || wanted !== source) return;
  if (found === box) box.hidePopover();
  // What a reader has opened is the reader's to close.
  if (found.matches(":popover-open")) return;
  found.showPopover({ source });
  shown = found;
  found.addEventListener("pointerleave", leave);
  found.addEventListener("focusout", leave);
}

/** The box, with what the page behind a link is about. */
async function fill(link: HTMLAnchorElement): Promise<HTMLElement | undefined> {
  const url = link.href.replace(/#.*/, "");
  const about = known.get(url) ?? read(url);
  known.set(url, about);
  const told = await about;
  if (!told || wanted !== link) return undefined;
  const title = document.createElement("b");
  title.textContent = told.title;
  box.replaceChildren(title, ` ${told.definition}`);
  return box;
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
