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

/**
 * The event's values by the path on which objects lead to them; arrays do not count as a step, and what is empty is
 * absent. Only what lies on one of the wanted paths is looked at. Does not recurse: the event may be nested as deeply
 * as its sender liked.
 */
export function flatten(event: unknown, wanted: readonly (readonly string[])[]): FlatEvent {
  const leads = new Set(wanted.flatMap((steps) => steps.map((_, at) => pathKey(steps.slice(0, at + 1)))));
  const root: Element = { parent: null, array: -1 };
  const values = new Map<string, Found[]>();
  let arrays = 0;
  const pending: { node: unknown; path: string; element: Element }[] = [{ node: event, path: '', element: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path, element } = next;
    if (Array.isArray(node)) {
      const array = arrays;
      arrays += 1;
      for (const member of node.toReversed()) {
        const nested = member !== null && typeof member === 'object';
        pending.push({ node: member, path, element: nested ? { parent: element, array } : element });
      }
    } else if (node !== null && typeof node === 'object') {
      for (const [key, value] of Object.entries(node).reverse()) {
        const at = `${path}\u0000${key}`;
        if (leads.has(at)) pending.push({ node: value, path: at, element });
      }
    } else if (node === null || typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') {
      const found = values.get(path);
      if (found === undefined) values.set(path, [{ value: node, element }]);
      else found.push({ value: node, element });
    }
  }
  return { root, values };
}
