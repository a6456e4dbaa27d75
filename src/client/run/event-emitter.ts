type Listener = (...values: never[]) => void;

/** The four methods of Node's `EventEmitter` that the examples use. */
export class EventEmitter {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** Calls the listener at each event of that name, in order of adding. */
  on(event: string, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return this;
  }

  /** Calls the listener at the next event of that name only. */
  once(event: string, listener: Listener): this {
    const once: Listener = (...values) => {
      this.off(event, once);
      listener(...values);
    };
    return this.on(event, once);
  }

  off(event: string, listener: Listener): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  /**
   * Calls the listeners.
   *
   * @returns whether there was one
   * @throws the error of an `error` event that nobody listens to, as in Node
   */
  emit(event: string, ...values: unknown[]): boolean {
    const listeners = [...(this.#listeners.get(event) ?? [])];
    if (event === "error" && listeners.length === 0) throw values[0];
    for (const listener of listeners) listener(...(values as never[]));
    return listeners.length > 0;
  }
}
