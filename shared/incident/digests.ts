import type { Json } from '../platform/json.ts';
import type { Head, Message } from './items.ts';
import { keys } from './keys.ts';
import { markSent } from './outbox.ts';
import type { Table } from './table.ts';

/**
 * The digest of a team that was written last. `written`: not known to be sent; `sent`: what it has told may still lie in the outboxes; `done`:
 * the next one may come.
 */
export interface DigestRecord {
  /** By the wall of its place: `2026-11-20`. */
  readonly day: string;
  /** When it was written, ISO: the next one tells what came after that. */
  readonly at: string;
  readonly state: 'written' | 'sent' | 'done';
  /** What was told, and what of it was in outboxes. Absent of the beginning, which tells nothing. */
  readonly told?: DigestTold;
}

export interface DigestTold {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly html: string;
  /** Their ids. */
  readonly collected: readonly string[];
}

/** Only this file writes under that key. */
export async function readDigest(table: Table, team: string | null): Promise<DigestRecord | undefined> {
  return (await table.get(keys.digest(team))) as DigestRecord | undefined;
}

/** Where digests begin: at the next hour, and not with one for what has been. */
export async function beginDigests(table: Table, team: string | null, day: string, now: Date): Promise<void> {
  await table.putIfAbsent({ ...keys.digest(team), day, at: now.toISOString(), state: 'done' });
}

/** Writes the digest of a day: once for each day, whoever comes. False: another has, or the one before is not done. */
export async function writeDigest(
  table: Table,
  team: string | null,
  before: DigestRecord,
  { day, at, told }: { readonly day: string; readonly at: string; readonly told: DigestTold },
): Promise<boolean> {
  const set = { day, at, state: 'written', told: told as unknown as Json };
  return (
    (await table.update(keys.digest(team), { day: before.day, at: before.at, state: 'done' }, { set })) !== undefined
  );
}

/** It has come so far. A repeat of what another has done changes nothing. */
export async function noteDigest(
  table: Table,
  team: string | null,
  { day, at, state }: DigestRecord,
  next: 'sent' | 'done',
): Promise<void> {
  await table.update(keys.digest(team), { day, at, state }, { set: { state: next } });
}

/** What it has told leaves the outboxes of these heads, each kept as told by it first. What is not there any more was told by a later one. */
export async function noteToldIn(table: Table, { id, collected }: DigestTold, heads: readonly Head[]): Promise<void> {
  const told = new Set(collected);
  for (const { incident, outbox } of heads) {
    for (const message of outbox.filter((one) => told.has(one.id)))
      await markSent(table, incident, { ...message, toldIn: id });
  }
}

/** What the messages of an incident were, as far as they are kept: those that were sent, or told by others. */
export async function messagesKept(table: Table, incident: string): Promise<readonly Message[]> {
  return (await table.query(keys.incident(incident), 'message#')) as unknown as readonly Message[];
}
