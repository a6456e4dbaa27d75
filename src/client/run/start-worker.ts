/**
 * Starts a worker that has the page's own policy. A worker that is loaded from
 * a file gets the policy of that file's response, and most hosts of static
 * files send none; one from a `blob:` inherits its creator's, `<meta>` included
 * (HTML, "policy container"), and its creator's isolation too.
 *
 * It asks for the file anew each time: WebKit refuses one that was revalidated
 * by a 304 without the header that isolates, as `astro preview` answers (seen in
 * WebKitGTK 2.50: every second run failed).
 *
 * @param file address of a module, as Vite's `?worker&url` gives it
 */
export function startWorker(file: string): Worker {
  const url = new URL(file, import.meta.url);
  url.searchParams.set("fresh", String(Math.random()));
  const code = `import ${JSON.stringify(url)};`;
  const blob = new Blob([code], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { type: "module" });
}
