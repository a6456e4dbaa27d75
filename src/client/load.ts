const failures: Record<string, number> = {};

/**
 * Loads a module that only some readers ask for, by its address: with a plain
 * import() Vite would put 1 KB of its own preloading into every page. Built so,
 * a module exports nothing and is told by events what to do.
 *
 * @returns a promise that is rejected where the module does not come or throws;
 *   a later call then loads it anew
 */
export function load(url: string): Promise<unknown> {
  // A browser may remember that an address failed: the next try has another.
  const address = `${url}#${(failures[url] ??= 0)}`;
  return import(/* @vite-ignore */ address).catch((error) => {
    failures[url]!++;
    throw error;
  });
}

/**
 * Says that something did not load: to be put beside the button that was
 * pressed. Until then it stands where nobody sees it, in the closed dialog.
 */
export const alert = document.querySelector("[role=alert]")!;
