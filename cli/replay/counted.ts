/** Something that was counted under a name, with where it was seen first. */
export interface Counted {
  readonly name: string;
  count: number;
  /** A sentence about the first. */
  readonly why: string;
  /** `events.jsonl:3`; the file alone where it is no line for each event. */
  readonly first: string;
}

/** Names that others may choose are as many as they like: beyond these they are counted together. */
const mostNames = 100;
const others = 'others';

export class Counts {
  readonly #byName = new Map<string, Counted>();
  total = 0;

  add(name: string, why: string, first: () => string): void {
    this.total += 1;
    const key = this.#byName.has(name) || this.#byName.size < mostNames ? name : others;
    const known = this.#byName.get(key);
    if (known !== undefined) known.count += 1;
    else this.#byName.set(key, { name: key, count: 1, why: key === name ? why : 'see the events', first: first() });
  }

  /** The most frequent first. */
  get list(): readonly Counted[] {
    return [...this.#byName.values()].toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  }
}
