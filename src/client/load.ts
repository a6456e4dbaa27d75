let tries = 0;

/**
 * Loads a module that only some readers ask for, by its address: with a plain
 * import() Vite would put 1 KB of its own preloading into every page. Built so,
 * a module exports nothing and is told by events what to do.
 *
 * Each call runs it anew, since Chromium remembers that an address failed.
 */
export function load(url: string): Promise<unknown> {
  const address = `${url}#${tries++}`;
  return import(/* @vite-ignore */ address);
}

/**
 * Says that something did not load: to be put beside the button that was
 * pressed. Until then it stands where nobody sees it, in the closed dialog.
 */
export const alert = document.querySelector("[role=alert]")!;
