import type { Exempted } from '../rules/decide.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** That an exemption took something out of an incident. One for each incident, however often it is decided. */
export interface ExemptionUse {
  readonly incident: string;
  /** What it took, as it was decided last. */
  readonly takes: readonly Exempted['takes'][];
  /** Findings of which it took something, as it was decided last. */
  readonly findings: number;
  /** When it was decided first and last, ISO. */
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Notes a use. The same again only moves `lastAt`, so that a repeat, from any point of a crash, counts nothing twice. */
export async function noteUse(
  table: Table,
  exemption: string,
  { openedAt, ...use }: Omit<ExemptionUse, 'firstAt'> & { readonly openedAt: string },
): Promise<void> {
  const key = keys.exemptionUse(exemption, use.incident, openedAt);
  const { incident, takes, findings, lastAt } = use;
  const isFirst = await table.putIfAbsent({ ...key, incident, takes, findings, firstAt: lastAt, lastAt });
  if (!isFirst) await table.update(key, {}, { set: { takes, findings, lastAt } });
}

/** Every incident that an exemption took something out of, the one that was opened first first. */
export const usesOf = async (table: Table, exemption: string): Promise<readonly ExemptionUse[]> =>
  (await table.query(keys.exemption(exemption), 'use#')).map(
    ({ pk: _pk, sk: _sk, ...use }) => use as unknown as ExemptionUse,
  );
