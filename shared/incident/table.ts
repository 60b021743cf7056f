import type { Json, JsonObject } from '../platform/json.ts';

/** A single-item condition: each attribute equals the value, or is absent (written as `null` here). Scalars only. */
export type Expect = { readonly [attribute: string]: null | boolean | number | string };

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export interface Change {
  /** Attributes to write; `null` takes the attribute away, so that "absent" and "null" are one thing. */
  readonly set?: JsonObject;
  readonly remove?: readonly string[];
  /** Numeric attributes to raise; absent counts as 0. */
  readonly add?: { readonly [attribute: string]: number };
}

/** Room in one set of texts of an item. */
export interface Room {
  readonly attribute: string;
  /** So many members at the most; at least 1. */
  readonly atMost: number;
}

export type Item = Key & { readonly [attribute: string]: Json };

/**
 * One table, single-item conditional writes, strongly consistent reads by key. Implemented on DynamoDB for production
 * and in memory for the protocol's model test; a test holds the two against each other.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Writes the item when none is there. False: one is there, nothing was written. */
  putIfAbsent(item: Item): Promise<boolean>;
  /**
   * Changes the item when it is there and every expectation holds; answers with the whole item as it is then.
   * Undefined: nothing was written. No attribute may be in two of `set`, `remove` and `add`.
   */
  update(key: Key, expect: Expect, change: Change): Promise<Item | undefined>;
  /**
   * Adds a text to each of these sets of an item, which is made when it is not there, in one write: where each of them has room for it, or
   * holds it already. False: one has not, and nothing was written. A set reads as a list, in the order of its texts.
   */
  addToSets(key: Key, text: string, rooms: readonly Room[]): Promise<boolean>;
  /** All items of a partition whose sort key begins with `prefix`, in order of their sort keys, all pages. */
  query(pk: string, prefix: string): Promise<readonly Item[]>;
  /** Keys of the items whose `gsi` attribute has this value: candidates, eventually consistent, to be read again by key. */
  candidates(state: string): Promise<readonly Key[]>;
}
