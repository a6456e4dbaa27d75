/** Keys that write nothing have code points of the protocol's own. */
const CODE_POINTS: Record<string, string> = {
  Enter: "\uE007",
  Escape: "\uE00C",
};

/**
 * In the page: waits until the first element that has the text stands still.
 * What comes into view gets its size, and moves the rest of the page: some
 * frames have to pass in which nothing moves.
 */
const ELEMENT_AT_REST = `async (selector, text) => {
  const all = [...document.querySelectorAll(selector)];
  const one = all.find((one) => one.textContent.includes(text));
  let before;
  for (let still = 0; still < 10; still++) {
    const { x, y, width, height } = one.getBoundingClientRect();
    if (y !== before) still = 0;
    const middle = [x + width / 2, y + height / 2];
    if (!one.contains(document.elementFromPoint(...middle))) {
      one.scrollIntoView({ block: "center", behavior: "instant" });
    }
    before = one.getBoundingClientRect().y;
    await new Promise(requestAnimationFrame);
  }
  return one;
}`;

/** What WebDriver and WebDriver BiDi call a source of actions. */
export interface Source {
  type: string;
  id: string;
  actions: object[];
}

/** A tab in which one reads, whichever of the two protocols drives it. */
export abstract class Tab {
  /**
   * Calls a function in the page, and waits for what it promises.
   *
   * @returns a text, or what stands for an element in the protocol
   */
  protected abstract call(
    declaration: string,
    ...given: string[]
  ): Promise<unknown>;

  protected abstract act(source: Source): Promise<void>;

  abstract close(): Promise<void>;

  /** Runs a function in the page. What it gives comes as JSON. */
  async evaluate<T>(read: () => T): Promise<T> {
    const value = await this.call(`() => JSON.stringify((${read})())`);
    return JSON.parse(String(value ?? null)) as T;
  }

  /** Clicks the first element that has the text, with the mouse. */
  async click(selector: string, text = ""): Promise<void> {
    await this.#act("pointer", [
      await this.#moveTo(selector, text),
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  /** Moves the mouse onto the first element, and leaves it there. */
  async hover(selector: string): Promise<void> {
    await this.#act("pointer", [await this.#moveTo(selector, "")]);
  }

  /** Presses one key after the other. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act("key", actions);
  }

  /** Presses a key: what it writes, or its name. */
  async press(key: string): Promise<void> {
    await this.type(CODE_POINTS[key] ?? key);
  }

  #act(type: string, actions: object[]): Promise<void> {
    return this.act({ type, id: type, actions });
  }

  async #moveTo(selector: string, text: string): Promise<object> {
    const element = await this.call(ELEMENT_AT_REST, selector, text);
    return { type: "pointerMove", x: 0, y: 0, origin: element };
  }
}
