import type { Head } from '../incident/items.ts';
import type { Table } from '../incident/table.ts';
import { stands, targetsOf } from '../incident/targets.ts';
import type { DigestLease } from '../report/digestModel.ts';

/** As the morning says. */
const withinMs = 7 * 86_400_000;

/** Of these incidents what stands and is asked about soon, or was and nobody has answered: the earliest end first. */
export async function expiringLeases(table: Table, heads: readonly Head[], now: Date): Promise<readonly DigestLease[]> {
  const all: DigestLease[] = [];
  for (const { incident, state, lease } of heads) {
    const expires = lease?.expiresAt ?? null;
    if (state === 'closed' || expires === null || Date.parse(expires) - now.getTime() > withinMs) continue;
    for (const record of await targetsOf(table, incident))
      if (stands(record)) all.push({ incident, target: record.target, expires });
  }
  return all.toSorted((a, b) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0));
}
