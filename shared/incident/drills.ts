import type { JsonObject } from '../platform/json.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** A drill: somebody has GuardDuty make up a finding, to see that it goes the whole way. */
export interface Drill {
  readonly id: string;
  readonly by: string;
  /** ISO. Until then a sample finding is the drill's. */
  readonly at: string;
  readonly until: string;
  /** GuardDuty's finding type. */
  readonly type: string;
  /** How far it came, ISO; null: not yet. */
  readonly decidedAt: string | null;
  readonly toldAt: string | null;
  /** The incident that the sample led to; null before it is decided. */
  readonly incident: string | null;
}

/** Opens a drill. One is open at a time: the one before it is over by that. */
export async function openDrill(
  table: Table,
  drill: Pick<Drill, 'id' | 'by' | 'at' | 'until' | 'type'>,
): Promise<void> {
  const fields: JsonObject = { ...drill };
  if (await table.putIfAbsent({ ...fields, ...keys.drill })) return;
  await table.update(keys.drill, {}, { set: { ...fields, decidedAt: null, toldAt: null, incident: null } });
}

/** Only this file writes under that key. */
export async function readDrill(table: Table): Promise<Drill | undefined> {
  const item = await table.get(keys.drill);
  if (item === undefined) return undefined;
  const absent = { decidedAt: null, toldAt: null, incident: null };
  return { ...absent, ...item } as unknown as Drill;
}

/** Notes how far a drill has come, the first time; another drill may have been opened since. */
export async function noteDrill(
  table: Table,
  { id }: Pick<Drill, 'id'>,
  station: 'decidedAt' | 'toldAt',
  at: Date,
  incident: string,
): Promise<void> {
  await table.update(keys.drill, { id, [station]: null }, { set: { [station]: at.toISOString(), incident } });
}
