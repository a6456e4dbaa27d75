/**
 * Begins what a button of `press-buttons.ts` is for, with the data that the
 * site serves for it: beside the note that is `data-slug`, or under the address
 * that is `data-from`. Where the data does not come, the button says so.
 *
 * @param press the button's `data-press`, and the name of the file with the data
 * @param begin from then on it listens to the button
 */
export function onPress<Data>(
  press: string,
  begin: (button: HTMLButtonElement, data: Data) => void,
): void {
  document.addEventListener(press, (event) => {
    // For a second button the module was loaded, and listens, once more.
    event.stopImmediatePropagation();
    const { target, detail: fail } = event as CustomEvent<() => void>;
    const button = target as HTMLButtonElement;
    const { slug, from = `../${slug}/` } = button.dataset;
    read(`${from}${press}.json`).then((data) => {
      button.ariaBusy = null;
      begin(button, data as Data);
    }, fail);
  });
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
}
