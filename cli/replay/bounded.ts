/**
 * A map that forgets what was put first once it holds `most`: what it keeps can be made again, and a recording of any length must not
 * fill the memory with it.
 */
export class Bounded<V> {
  readonly #most: number;
  readonly #known = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#known.size;
  }

  /** What is known under a key, made and kept where nothing is. */
  get(key: string, make: () => V): V {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    const [first] = this.#known.size > this.#most ? this.#known.keys() : [];
    if (first !== undefined) this.#known.delete(first);
    return made;
  }
}
