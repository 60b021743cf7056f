import { readPointer } from '../../shared/incident/rulesets.ts';
import { readWaiting } from '../../shared/incident/waitingSets.ts';
import type { StageConnection } from '../stage.ts';
import { prefixOf } from './stored.ts';

/** What became of an edit that was written. */
export type Became =
  | { readonly kind: 'written' }
  | { readonly kind: 'live'; readonly number: number }
  /** It decides, but somebody wrote these parameters after it. */
  | { readonly kind: 'overwritten'; readonly number: number; readonly parameters: readonly string[] }
  | { readonly kind: 'waiting'; readonly hash: string; readonly dangers: readonly string[] }
  | { readonly kind: 'not-live'; readonly status: string };

export interface Asked {
  /** Parameter name -> version that was written. */
  readonly versions: { readonly [name: string]: number };
  readonly removed: readonly string[];
}

/** The guard looks twice a minute, waits for edits to come to rest and may be busy with another. */
const looks = 50;
const betweenMs = 2_000;

/**
 * Waits until what was written decides, or is known not to. An edit beside another one that is refused, or waits, shares its fate: a set is
 * used whole or not at all.
 * @param said the status before it was written, which is no answer to it; undefined where nothing was written
 */
export async function whatBecame(
  connection: StageConnection,
  asked: Asked,
  said: string | undefined,
  pause: (ms: number) => Promise<unknown>,
): Promise<Became> {
  for (let look = 1; look <= looks; look += 1) {
    const known = await isKnown(connection, asked, said);
    if (known !== undefined) return known;
    await pause(betweenMs);
  }
  return { kind: 'not-live', status: await statusOf(connection) };
}

async function isKnown(
  connection: StageConnection,
  { versions, removed }: Asked,
  said: string | undefined,
): Promise<Became | undefined> {
  const { table } = connection.effects;
  const pointer = await readPointer(table);
  const now = pointer?.versions ?? {};
  const isLive = Object.entries(versions).every(([name, version]) => (now[name] ?? 0) >= version);
  if (pointer !== undefined && isLive && removed.every((name) => now[name] === undefined)) {
    const { number } = pointer;
    const parameters = Object.entries(versions).flatMap(([name, version]) =>
      (now[name] ?? 0) > version ? [name] : [],
    );
    return parameters.length === 0 ? { kind: 'live', number } : { kind: 'overwritten', number, parameters };
  }
  const status = await statusOf(connection);
  if (status === said) return undefined;
  const waiting = await readWaiting(table);
  if (waiting !== undefined) return { kind: 'waiting', hash: waiting.hash, dangers: waiting.dangers };
  return status.startsWith('The last edit was not published') ? { kind: 'not-live', status } : undefined;
}

/** What the guard says of a stage; empty before it has said anything. */
export async function statusOf({ stage, effects }: StageConnection): Promise<string> {
  const prefix = prefixOf(stage);
  const all = await effects.parameters.below(prefix.slice(0, -1));
  return all.find(({ name }) => name === `${prefix}status`)?.value ?? '';
}
