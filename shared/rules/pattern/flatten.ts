import type { Scalar } from './condition.ts';

/** One element of one array of the event, below the element that the array lies in. */
export interface Element {
  /** Null for the event itself. */
  readonly parent: Element | null;
  /** Which array of the event this is an element of. */
  readonly array: number;
}

/** A value with the innermost array element that holds it as an object's field. */
export interface Found {
  readonly value: Scalar;
  readonly element: Element;
}

/** Steps as one text, lower than any other continuation, so that sorting keeps what lies below one field together. */
export const pathKey = (steps: readonly string[]): string => steps.map((step) => `\u0000${step}`).join('');

export interface FlatEvent {
  readonly root: Element;
  readonly values: ReadonlyMap<string, readonly Found[]>;
}

/** The paths that are looked at, as a tree: each name leads one object inwards. */
export interface Paths {
  readonly key: string;
  readonly below: ReadonlyMap<string, Paths>;
}

interface Growing extends Paths {
  readonly below: Map<string, Growing>;
}

export function pathsOf(fields: Iterable<{ readonly steps: readonly string[] }>): Paths {
  const top: Growing = { key: '', below: new Map() };
  for (const { steps } of fields) {
    let at = top;
    for (const step of steps) {
      const next = at.below.get(step) ?? { key: `${at.key}${pathKey([step])}`, below: new Map() };
      at.below.set(step, next);
      at = next;
    }
  }
  return top;
}

const isScalar = (node: unknown): node is Scalar =>
  node === null || typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean';

/**
 * The event's values by the path on which objects lead to them; arrays do not count as a step, and what is empty is
 * absent. Only what lies on one of the wanted paths is looked at. Does not recurse: the event may be nested as deeply
 * as its sender liked.
 */
export function flatten(event: unknown, wanted: Paths): FlatEvent {
  const root: Element = { parent: null, array: -1 };
  const values = new Map<string, Found[]>();
  let arrays = 0;
  const note = (key: string, value: Scalar, element: Element): void => {
    const found = values.get(key);
    if (found === undefined) values.set(key, [{ value, element }]);
    else found.push({ value, element });
  };
  const pending: { node: unknown; at: Paths; element: Element }[] = [{ node: event, at: wanted, element: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, at, element } = next;
    if (Array.isArray(node)) {
      const array = arrays;
      arrays += 1;
      for (const member of node.toReversed()) {
        const nested = member !== null && typeof member === 'object';
        pending.push({ node: member, at, element: nested ? { parent: element, array } : element });
      }
    } else if (node !== null && typeof node === 'object') {
      for (const [name, below] of at.below) {
        if (!Object.hasOwn(node, name)) continue;
        const value = (node as Readonly<Record<string, unknown>>)[name];
        if (isScalar(value)) note(below.key, value, element);
        else pending.push({ node: value, at: below, element });
      }
    } else if (isScalar(node)) {
      note(at.key, node, element);
    }
  }
  return { root, values };
}
