/**
 * Starts a worker that has the page's own policy. A worker that is loaded from
 * a file gets the policy of that file's response, and most hosts of static
 * files send none; one from a `blob:` inherits its creator's, `<meta>` included
 * (HTML, "policy container"), and its creator's isolation too.
 *
 * @param file address of a module, as Vite's `?worker&url` gives it
 */
export function startWorker(file: string): Worker {
  const { href } = new URL(file, import.meta.url);
  const code = `import ${JSON.stringify(href)};`;
  const blob = new Blob([code], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { type: "module" });
}
