import { readHead } from '../../shared/incident/head.ts';
import type { Head } from '../../shared/incident/items.ts';
import { incidentHash } from '../../shared/incident/keys.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import type { Table } from '../../shared/incident/table.ts';
import { plain } from '../../shared/report/text.ts';
import { UsageError } from '../usage.ts';

const mostNamed = 5;

/**
 * The incident that somebody means: its key, open or closed; of an open one its hash, as commands name it whose key has what cannot be typed, or a
 * part that only one's key has. Undefined: there is none. Throws UsageError when the part fits several.
 */
export async function findIncident(table: Table, id: string): Promise<Head | undefined> {
  if (id.trim() === '') throw new UsageError('The incident is empty: give its key, or a part of it.');
  const exact = await readHead(table, id);
  if (exact !== undefined) return exact;
  const open = await openHeads(table);
  const named = open.find(({ incident }) => incidentHash(incident) === id);
  if (named !== undefined) return named;
  const fitting = open.filter(({ incident }) => incident.includes(id));
  if (fitting.length > 1) {
    const names = fitting.slice(0, mostNamed).map(({ incident }) => plain(incident, 300));
    const more = fitting.length > mostNamed ? ` and ${fitting.length - mostNamed} more` : '';
    throw new UsageError(
      `"${plain(id, 300)}" fits ${fitting.length} incidents; give more of the key: ${names.join(', ')}${more}.`,
    );
  }
  return fitting[0];
}

export const unknownIncident = (id: string, stage: string): string =>
  `There is no incident "${plain(id, 300)}" in stage ${stage}. "firebreak incidents list --stage ${plain(stage, 100)}" shows the open ones; a closed one is found by its whole key.`;
