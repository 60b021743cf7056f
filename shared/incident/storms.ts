import { keys } from './keys.ts';
import type { StormLimits } from './planSettings.ts';
import type { Table } from './table.ts';

const prefix = 'storm/';

/** No kind of resource is called so: nothing that is found has such a key. */
export const isStorm = (incident: string): boolean => incident.startsWith(prefix);

/** The key of a storm is an incident's, in whose account it was noticed: it is listed, shown and acknowledged like one. */
export function stormKey(incident: string, at: string): string {
  const [, account = '', region = ''] = incident.split('/');
  return `${prefix}${account}/${region}/storm-of-${at}`;
}

/** The storm that is on, or was last, and when it was noticed (ISO). */
export interface StormPointer {
  readonly parent: string;
  readonly at: string;
}

/** Only this file writes under that key. */
export async function readStorm(table: Table): Promise<StormPointer | undefined> {
  return (await table.get(keys.storm)) as StormPointer | undefined;
}

/** A storm begins. False: somebody else has noticed it first. */
export async function pointTo(table: Table, storm: StormPointer, before: StormPointer | undefined): Promise<boolean> {
  if (before === undefined) return table.putIfAbsent({ ...storm, ...keys.storm });
  const expect = { parent: before.parent };
  return (await table.update(keys.storm, expect, { set: { ...storm } })) !== undefined;
}

/** What is counted at the most: twice what makes a storm, because one incident may wake somebody twice. */
const room = 2;

/**
 * Counts an incident that is about to wake somebody, and says which did within the same time, this one among them, each once. The time that
 * counts is the message's own, so that a repeat counts nothing twice.
 */
export async function countPage(
  table: Table,
  incident: string,
  at: string,
  { incidents, withinSeconds }: StormLimits,
): Promise<readonly string[]> {
  const length = withinSeconds * 1000;
  const from = Math.floor(Date.parse(at) / length) * length;
  const keyOf = (ms: number) => keys.paged(new Date(ms).toISOString(), withinSeconds);
  await table.addToSets(keyOf(from), `${at} ${incident}`, [{ attribute: 'pages', atMost: room * incidents }]);
  const since = new Date(Date.parse(at) - length).toISOString();
  const pages: string[] = [];
  for (const start of [from - length, from]) {
    const item = await table.get(keyOf(start));
    pages.push(...((item?.['pages'] ?? []) as unknown as readonly string[]));
  }
  const within = pages.filter((page) => page.slice(0, since.length) > since);
  return [...new Set([...within.map((page) => page.slice(since.length + 1)), incident])];
}
