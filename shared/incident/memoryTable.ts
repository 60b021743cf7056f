import type { Json } from '../platform/json.ts';
import type { Change, Expect, Item, Key, Table } from './table.ts';

const place = (key: Key): string => `${key.pk}\n${key.sk}`;

const holds = (item: Item, expect: Expect): boolean =>
  Object.entries(expect).every(([name, value]) => (item[name] ?? null) === value);

function changed(item: Item, change: Change): Item {
  const next: { [name: string]: Json } = { ...item, ...change.set };
  for (const [name, by] of Object.entries(change.add ?? {})) next[name] = Number(item[name] ?? 0) + by;
  for (const name of change.remove ?? []) delete next[name];
  return withoutNulls({ ...next, pk: item.pk, sk: item.sk });
}

const withoutNulls = (item: Item): Item => ({
  ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== undefined)),
  pk: item.pk,
  sk: item.sk,
});

/** A table in memory, with the conditions of the real one; for tests and for `explain`, where nothing must last. */
export function memoryTable(items: Map<string, Item> = new Map()): Table {
  return {
    get: async (key) => structuredClone(items.get(place(key))),
    putIfAbsent: async (item) => {
      if (items.has(place(item))) return false;
      items.set(place(item), structuredClone(withoutNulls(item)));
      return true;
    },
    update: async (key, expect, change) => {
      const item = items.get(place(key));
      if (item === undefined || !holds(item, expect)) return undefined;
      const next = structuredClone(changed(item, change));
      items.set(place(key), next);
      return structuredClone(next);
    },
    addToSets: async (key, text, rooms) => {
      const item: Item = items.get(place(key)) ?? { pk: key.pk, sk: key.sk };
      const setOf = (attribute: string): readonly Json[] => (item[attribute] ?? []) as readonly Json[];
      const fits = rooms.every(({ attribute, atMost }) => {
        const set = setOf(attribute);
        return set.includes(text) || set.length < atMost;
      });
      if (!fits) return false;
      const sets = rooms.map(({ attribute }) => [attribute, [...new Set([...setOf(attribute), text])].sort()] as const);
      items.set(place(key), { ...item, ...Object.fromEntries(sets) });
      return true;
    },
    query: async (pk, prefix) =>
      [...items.values()]
        .filter((item) => item.pk === pk && item.sk.startsWith(prefix))
        .sort((a, b) => (a.sk < b.sk ? -1 : 1))
        .map((item) => structuredClone(item)),
    candidates: async (state) =>
      [...items.values()].filter((item) => item['gsi'] === state).map(({ pk, sk }) => ({ pk, sk })),
  };
}
