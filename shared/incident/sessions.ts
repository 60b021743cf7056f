import { sha256Hex } from '../platform/hash.ts';
import type { JsonObject } from '../platform/json.ts';
import { keys } from './keys.ts';
import { isSecret } from './links.ts';
import type { Table } from './table.ts';

/** Somebody who is signed in. */
export interface Session {
  /** As the settings named it at sign-in. */
  readonly issuer: string;
  /** `issuer#subject`, as the identity provider says. */
  readonly subject: string;
  /** The provider's name for that person, for the record. */
  readonly name: string;
  /** Values of the claim that says who may come in, as they were at sign-in. */
  readonly groups: readonly string[];
  /** What each form of this session carries. */
  readonly csrf: string;
  readonly at: string;
  /** ISO. */
  readonly until: string;
}

/** @param secret what the browser has; kept as a hash alone */
export async function putSession(table: Table, secret: string, session: Session): Promise<void> {
  await table.putIfAbsent({ ...(session as unknown as JsonObject), ...keys.session(sha256Hex(secret)) });
}

/** Whose a secret is; undefined: nobody's, or the session is over. */
export async function readSession(table: Table, secret: string, now: Date): Promise<Session | undefined> {
  if (!isSecret(secret)) return undefined;
  const item = await table.get(keys.session(sha256Hex(secret)));
  if (item === undefined || item['endedAt'] !== undefined) return undefined;
  // Only this file writes under these keys.
  const session = item as unknown as Session;
  return session.until > now.toISOString() ? { ...session, groups: session.groups ?? [] } : undefined;
}

/** Signs out: the secret opens nothing any more, whoever has it. */
export async function endSession(table: Table, secret: string, now: Date): Promise<void> {
  if (!isSecret(secret)) return;
  await table.update(keys.session(sha256Hex(secret)), {}, { set: { endedAt: now.toISOString() } });
}
