/**
 * Shows, as the reader types, only the claims that have each of the words in
 * them: in the sentence, in what was measured, or in the title of the note.
 */
const input = document.querySelector<HTMLInputElement>("[data-filter]")!;
const told = document.querySelector<HTMLElement>("[data-shown]")!;
const sections = [...document.querySelectorAll("main section")].map(
  (section) => ({
    section: section as HTMLElement,
    title: section.querySelector("h2")!.textContent,
    claims: [...section.querySelectorAll("li")],
  }),
);

input.parentElement!.hidden = false;
input.oninput = filter;
// A browser keeps what was typed when the reader comes back to the page.
filter();

function filter(): void {
  const words = input.value.toLowerCase().split(/\s+/);
  const isShown = (text: string) =>
    words.every((word) => text.toLowerCase().includes(word));
  let shown = 0;
  for (const { section, title, claims } of sections) {
    for (const claim of claims) {
      claim.hidden = !isShown(`${title} ${claim.textContent}`);
    }
    const left = claims.filter(({ hidden }) => !hidden).length;
    section.hidden = left === 0;
    shown += left;
  }
  told.textContent = input.value
    ? told.dataset["shown"]!.replace("{n}", String(shown))
    : "";
}
