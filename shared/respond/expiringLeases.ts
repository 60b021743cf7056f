import { headsIn, readHead } from '../incident/head.ts';
import type { Head } from '../incident/items.ts';
import { isOver } from '../incident/leases.ts';
import type { Table } from '../incident/table.ts';

/** A containment about which a person is asked, or soon will be. */
export interface ExpiringLease {
  readonly incident: string;
  /** ISO. */
  readonly expiresAt: string;
  /** It has ended, and nobody has answered: it stays contained. */
  readonly over: boolean;
}

const dayMs = 86_400_000;

/** Of one incident; undefined where it has no lease that ends so soon. Pure. */
export function expiringLease({ incident, lease }: Head, now: Date, withinDays: number): ExpiringLease | undefined {
  const expiresAt = lease?.expiresAt ?? null;
  if (lease === null || expiresAt === null || Date.parse(expiresAt) - now.getTime() > withinDays * dayMs)
    return undefined;
  return { incident, expiresAt, over: isOver(lease, now) };
}

/** The leases that end within so many days, and those that are over with nobody having answered, the earliest first. */
export async function expiringLeases(table: Table, now: Date, withinDays: number): Promise<readonly ExpiringLease[]> {
  const open = [...new Set([...(await headsIn(table, 'resting')), ...(await headsIn(table, 'running'))])];
  const heads = await Promise.all(open.map((incident) => readHead(table, incident)));
  return heads
    .flatMap((head) =>
      head === undefined || head.state === 'closed' ? [] : (expiringLease(head, now, withinDays) ?? []),
    )
    .toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
}
