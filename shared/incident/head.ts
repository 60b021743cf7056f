import type { Json } from '../platform/json.ts';
import type { Head, Message } from './items.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

const outPrefix = 'out:';

/** The attribute that holds a message until it is known to be sent: one each, so that no write loses another's. */
export const outAttribute = (messageId: string): string => `${outPrefix}${messageId}`;

export const outValue = ({ id: _id, sent: _sent, ...kept }: Message): Json => kept;

const nullable = [
  'outcome',
  'heldUntil',
  'hold',
  'told',
  'downTold',
  'raisedClass',
  'containedAt',
  'plan',
  'acted',
  'restedAt',
  'waits',
  'stops',
  'page',
  'earlier',
  'lease',
] as const satisfies readonly (keyof Head)[];

/** The head as this folder wrote it: nobody else writes it, so that its shape is taken as given. */
export function headOf(item: Item): Head {
  const outbox = Object.entries(item)
    .filter(([name]) => name.startsWith(outPrefix))
    .map(([name, value]) => ({ ...(value as object), id: name.slice(outPrefix.length), sent: false }));
  const absent = Object.fromEntries(nullable.map((name) => [name, item[name] ?? null]));
  return { ...item, ...absent, outbox } as unknown as Head;
}

export async function readHead(table: Table, incident: string): Promise<Head | undefined> {
  const item = await table.get(keys.head(incident));
  return item === undefined ? undefined : headOf(item);
}

/** Incidents whose head may be in this state, by the index; each is to be read again. */
export async function headsIn(table: Table, state: 'running' | 'resting'): Promise<readonly string[]> {
  const found = await table.candidates(state);
  const prefix = keys.incident('');
  return found
    .filter(({ pk }) => pk.startsWith(prefix))
    .map(({ pk }) => pk.slice(prefix.length))
    .sort();
}
