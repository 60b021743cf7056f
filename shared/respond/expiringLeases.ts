import type { Head } from '../incident/items.ts';
import type { Table } from '../incident/table.ts';
import type { DigestLease } from '../report/digestModel.ts';

/** Containments of these incidents that end soon. None has an end yet: what is contained stays so until a person says otherwise. */
export const expiringLeases = async (
  _table: Table,
  _heads: readonly Head[],
  _now: Date,
): Promise<readonly DigestLease[]> => [];
