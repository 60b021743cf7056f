import type { Json, JsonObject } from '../platform/json.ts';
import { headOf, outAttribute, outValue } from './head.ts';
import type { Head, Message, PersonDecision } from './items.ts';
import { keys } from './keys.ts';
import type { Expect, Table } from './table.ts';

/** How long what is contained stays so before a person is asked. Its end releases nothing. */
export interface Lease {
  /** When it was begun, or last extended, ISO. */
  readonly since: string;
  /** ISO; null: a person said that it stays until somebody lets it go. */
  readonly expiresAt: string | null;
  /** When people are told of it next, ISO; null where they are not. */
  readonly next: string | null;
  /** What a person decided about it last; absent where nobody has. */
  readonly decided?: LeaseDecision;
}

export type LeaseDecision = Pick<PersonDecision, 'by' | 'at' | 'reason'> & {
  readonly kind: 'keep' | 'extend';
  /** Of an extension: by how long, so that the same command is known again. */
  readonly forMs?: number;
};

const dayMs = 86_400_000;
const longestNoticeMs = 2 * dayMs;
const againMs = 7 * dayMs;

/** People are asked two days before the end, and of what lasts less than six days when two thirds of it are over. */
function firstNotice(since: number, expiresAt: number): number {
  return expiresAt - Math.min(longestNoticeMs, Math.floor((expiresAt - since) / 3));
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A lease that begins, or goes on, at one moment and ends at another. */
export function leaseUntil(since: Date, expiresAt: Date): Lease {
  const next = iso(firstNotice(since.getTime(), expiresAt.getTime()));
  return { since: since.toISOString(), expiresAt: expiresAt.toISOString(), next };
}

export const leaseOfDays = (since: Date, days: number): Lease =>
  leaseUntil(since, new Date(since.getTime() + days * dayMs));

/** Whether people are to be told of it now. */
export const isTimeToTell = ({ next }: Lease, now: Date): boolean => next !== null && next <= now.toISOString();

/** Whether it is over, with nobody having answered: what it was about stays as it is. */
export const isOver = ({ expiresAt }: Lease, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now.toISOString();

/** The lease when people have been told of it: they are told once more at its end, and then every week. */
export function leaseTold(lease: Lease, now: Date): Lease {
  const end = Date.parse(lease.expiresAt ?? '');
  if (Number.isNaN(end)) return { ...lease, next: null };
  const weeks = Math.max(0, Math.floor((now.getTime() - end) / againMs) + 1);
  return { ...lease, next: iso(end + weeks * againMs) };
}

/** Attribute of the head that says in one text how its lease stands: what a write that changes it is conditional on. */
const standing = 'leaseStands';

const textOf = ({ since, expiresAt, next }: Lease): string => `${since} ${expiresAt ?? 'kept'} ${next ?? 'rests'}`;

/** What a write of the head sets when its lease is to be this one; null: there is none any more. */
export const leaseSet = (lease: Lease | null): JsonObject => ({
  lease: lease as unknown as Json,
  [standing]: lease === null ? null : textOf(lease),
});

/** What a write that changes the lease is conditional on: that it stands as it was read. */
export const leaseExpected = (lease: Lease | null): Expect => ({ [standing]: lease === null ? null : textOf(lease) });

/** The state of a lease that a person answers: one answer each. Without a lease, that of what the run has contained. */
export const leaseTerm = ({ lease, run }: Pick<Head, 'lease' | 'run'>): string =>
  lease === null ? `none ${run}` : `${lease.since} ${lease.expiresAt ?? 'kept'}`;

/**
 * One write: the lease changes, and what says so, if anything, lies in the outbox.
 * @param over messages of the outbox that say nothing true any more
 * @returns undefined when the head or its lease has changed since it was read
 */
export async function writeLease(
  table: Table,
  head: Head,
  lease: Lease | null,
  message: Message | undefined,
  over: readonly Message[] = [],
): Promise<Head | undefined> {
  const { incident, state, run, direction } = head;
  const said = message === undefined ? {} : { [outAttribute(message.id)]: outValue(message) };
  const item = await table.update(
    keys.head(incident),
    { state, run, direction, ...leaseExpected(head.lease) },
    { set: { ...leaseSet(lease), ...said }, remove: over.map(({ id }) => outAttribute(id)) },
  );
  return item === undefined ? undefined : headOf(item);
}
