import type { NewId } from '../platform/clock.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Tier } from '../rules/rule.ts';
import type { Message } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** A link of a message, as it lies with the message until that is sent; afterwards only whoever got the message has the secret. */
export type MessageLink = {
  /** 64 hexadecimal digits. */
  readonly secret: string;
  /** The hash of what the message asks; null where it asks nothing. */
  readonly plan: string | null;
  /** When it stops opening anything, ISO. */
  readonly until: string;
};

/** What a link opens. Its secret is kept as a hash alone. */
export interface Link {
  readonly incident: string;
  readonly plan: string | null;
  readonly tier: Tier;
  /** Id of the message that it came with. */
  readonly message: string;
  /** ISO. */
  readonly until: string;
}

/** What a link of ours looks like: anything else is not looked for. */
export const isSecret = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** As nobody can guess it: two random UUIDs have 244 random bits between them. */
export const newSecret = (newId: NewId): string => sha256Hex(`${newId()}${newId()}`);

/** Before the message is sent: a link that nobody keeps would open nothing. A repeat finds it. */
export async function putLink(table: Table, incident: string, { id, tier, link }: Message): Promise<void> {
  if (link === undefined) return;
  const { secret, plan, until } = link;
  const kept: Link = { incident, plan, tier, message: id, until };
  await table.putIfAbsent({ ...(kept as unknown as JsonObject), ...keys.link(sha256Hex(secret)) });
}

/** What a secret opens; undefined: it is none of ours. Whether its time is over is for the caller to see. */
export async function readLink(table: Table, secret: string): Promise<Link | undefined> {
  if (!isSecret(secret)) return undefined;
  const item = await table.get(keys.link(sha256Hex(secret)));
  if (item === undefined) return undefined;
  // Only this file writes under these keys; the table keeps no attribute that is null.
  const kept = item as unknown as Link;
  return { ...kept, plan: kept.plan ?? null };
}
