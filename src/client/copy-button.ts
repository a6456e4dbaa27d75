/** Shows the buttons that copy a command: without JavaScript they stay hidden. */
for (const button of document.querySelectorAll<HTMLElement>("[data-copied]")) {
  const label = button.textContent;
  const { copied, byHand } = button.dataset;
  const command = button.previousElementSibling!;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = copied!;
    } catch {
      // The browser refuses, or there is no clipboard, as without TLS.
      getSelection()!.selectAllChildren(command);
      button.textContent = byHand!;
    }
    setTimeout(() => (button.textContent = label), 2000);
  };
  button.hidden = false;
  button.onclick = () => void copy();
}
