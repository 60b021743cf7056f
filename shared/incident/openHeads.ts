import { isCanary } from '../finding/canary.ts';
import { headsIn, readHead } from './head.ts';
import type { Head } from './items.ts';
import type { Table } from './table.ts';

/** Heads of the open incidents, each read by key: the index may lag. Newest first. The canary is none. */
export async function openHeads(table: Table): Promise<readonly Head[]> {
  const listed = new Set([...(await headsIn(table, 'running')), ...(await headsIn(table, 'resting'))]);
  const found = [...listed].filter((incident) => !isCanary(incident));
  const heads = await Promise.all(found.map((incident) => readHead(table, incident)));
  return heads
    .filter((head) => head !== undefined)
    .filter(({ state }) => state !== 'closed')
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : a.incident < b.incident ? -1 : 1));
}
