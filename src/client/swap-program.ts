/**
 * Keeps the language that the tab over a listing names, and shows its program:
 * in a note, its listing comes from its own page into the place of the note's.
 */
import { showCopyButtons } from "./copy-button.ts";
import { keep } from "./kept.ts";

const listingIn = (figure: Element) => figure.querySelector("details")!;
const tabIn = (root: ParentNode) =>
  root.querySelector<HTMLAnchorElement>("[data-program]")!;

const tab = tabIn(document);
choose(tab);
tab.ariaBusy = null;
// From the other program's page the tab leads back to the note.
if (location.pathname.startsWith(tab.pathname)) location.assign(tab.href);
else void swap();

async function swap(): Promise<void> {
  const ours = tab.closest("figure")!;
  const isPressed = document.activeElement === tab;
  try {
    const theirs = await listingAt(tab.href);
    for (const [shown, next] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const way = tabIn(shown);
      way.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(way);
        listingIn(next).open = listingIn(shown).open;
        shown.replaceWith(next);
        tabIn(next).focus();
      };
    }
    listingIn(theirs).open = listingIn(ours).open;
    ours.replaceWith(theirs);
    if (isPressed) tabIn(theirs).focus();
    showCopyButtons();
  } catch {
    if (isPressed) location.assign(tab.href);
  }
}

function choose({ dataset }: HTMLElement): void {
  keep("program", dataset["program"]!);
}

/**
 * The listing alone: parsed as a whole, the page would have its styles refused
 * by this page's policy. Its script does not run, since it comes by innerHTML.
 */
async function listingAt(url: string): Promise<Element> {
  const response = await fetch(url);
  const [listing] = /<figure[^>]* id="program"[^]*?<\/figure>/.exec(
    await response.text(),
  )!;
  const template = document.createElement("template");
  template.innerHTML = listing;
  return template.content.firstElementChild!;
}
