import type { Item, KeyRange } from './dynaliteShapes.ts';

/** Position of the first key that is not less than `key` (or, `after`, that is greater). */
function position(keys: readonly string[], key: string, after: boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = keys[middle] ?? '';
    if (at < key || (after && at === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Items by key, with ranges in key order. Items are never changed in place, so that a copy of the map is a snapshot. */
export class OrderedMap {
  private readonly items = new Map<string, Item>();
  private readonly keys: string[] = [];

  get size(): number {
    return this.items.size;
  }

  get(key: string): Item | undefined {
    return this.items.get(key);
  }

  set(key: string, item: Item): void {
    if (!this.items.has(key)) this.keys.splice(position(this.keys, key, false), 0, key);
    this.items.set(key, item);
  }

  delete(key: string): void {
    if (this.items.delete(key)) this.keys.splice(position(this.keys, key, false), 1);
  }

  range({ gt, gte, lt, lte, reverse, limit }: KeyRange = {}): Item[] {
    const from = gt === undefined ? position(this.keys, gte ?? '', false) : position(this.keys, gt, true);
    const to =
      lt !== undefined
        ? position(this.keys, lt, false)
        : lte !== undefined
          ? position(this.keys, lte, true)
          : this.keys.length;
    const keys = this.keys.slice(from, Math.max(from, to));
    if (reverse) keys.reverse();
    const wanted = limit !== undefined && limit > 0 ? keys.slice(0, limit) : keys;
    return wanted.flatMap((key): Item[] => {
      const item = this.items.get(key);
      return item ? [item] : [];
    });
  }
}
