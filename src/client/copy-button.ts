/** Shows the buttons that copy a command: without JavaScript they stay hidden. */
export function showCopyButtons(): void {
  document
    .querySelectorAll<HTMLElement>("[data-copied]")
    .forEach(showCopyButton);
}

/** Shows a button, and lets it copy the command in front of it. */
export function showCopyButton(button: HTMLElement): void {
  const label = button.textContent;
  const command = button.previousElementSibling!;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = button.dataset["copied"]!;
      setTimeout(() => (button.textContent = label), 2000);
    } catch {
      // The browser refuses, or there is no clipboard, as without TLS: the
      // command is selected, to be copied by hand.
      getSelection()!.selectAllChildren(command);
    }
  };
  button.hidden = false;
  button.onclick = () => void copy();
}
