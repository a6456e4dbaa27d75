/** Shows the buttons that copy a command: without JavaScript they stay hidden. */
for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
    button.textContent = button.dataset["copied"] ?? label;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
