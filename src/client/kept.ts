/** What a reader chose is kept where the browser allows it. */

/** What was kept under a name; nothing where storage is forbidden. */
export function kept(name: string): string | undefined {
  try {
    return localStorage[name] as string | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a choice, or forgets it when it is empty. */
export function keep(name: string, value: string): void {
  try {
    if (value) localStorage[name] = value;
    else delete localStorage[name];
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}
