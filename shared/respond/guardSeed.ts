import type { Key, Table } from '../incident/table.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { RuleSource } from '../rules/rule.ts';
import { isRule } from './guardSources.ts';

/** What of the shipped pack was put into Parameter Store. */
export interface PackRecord {
  /** Rules were there before the pack: none of it is put beside them. */
  readonly declined: boolean;
  /** Path -> SHA-256 of the text that was put last. */
  readonly put: { readonly [path: string]: string };
}

export interface Seeding {
  readonly record: PackRecord;
  /** To be written over what is there, or where nothing is. */
  readonly puts: readonly RuleSource[];
  /** Defaults that are another's now, as sentences: they were edited, so they are left. */
  readonly left: readonly string[];
}

const key: Key = { pk: 'ruleset', sk: 'pack' };

export async function readPackRecord(table: Pick<Table, 'get'>): Promise<PackRecord | undefined> {
  const item = await table.get(key);
  return item === undefined ? undefined : (item as unknown as PackRecord);
}

export async function notePackRecord(table: Table, { declined, put }: PackRecord): Promise<void> {
  if ((await table.update(key, {}, { set: { declined, put } })) === undefined)
    await table.putIfAbsent({ ...key, declined, put });
}

function leftAlone({ path, text }: RuleSource, put: string | undefined): readonly string[] {
  if (put === undefined) return [`${path} is yours: the shipped rule of that name was not put over it`];
  if (put === sha256Hex(text)) return [];
  return [`${path} was edited, so that the default that this version changes was not put over it`];
}

/**
 * What of the pack is to be put into Parameter Store: what is missing, and what is still as it was shipped before. What a person edited or
 * deleted is theirs. Where rules were there first, nothing: what is switched on beside them is for people to choose. Pure.
 */
export function seedingOf(
  pack: readonly RuleSource[],
  written: readonly RuleSource[],
  known: PackRecord | undefined,
): Seeding {
  const record = known ?? { declined: written.some(({ path }) => isRule(path)), put: {} };
  if (record.declined) return { record, puts: [], left: [] };
  const texts = new Map(written.map(({ path, text }) => [path, text]));
  const puts: RuleSource[] = [];
  const left: string[] = [];
  const put: { [path: string]: string } = { ...record.put };
  for (const source of pack) {
    const now = texts.get(source.path);
    const last = record.put[source.path];
    const shipped = sha256Hex(source.text);
    if (now === source.text) put[source.path] = shipped;
    else if (now === undefined ? last === undefined : sha256Hex(now) === last) puts.push(source);
    else if (now !== undefined) left.push(...leftAlone(source, last));
  }
  return { record: { ...record, put }, puts, left };
}

/** The record once all of it is written. */
export const seeded = ({ record, puts }: Seeding): PackRecord => ({
  ...record,
  put: { ...record.put, ...Object.fromEntries(puts.map(({ path, text }) => [path, sha256Hex(text)])) },
});

/** What people will have once the pack is put: what is decided by meanwhile. */
export function withSeeds(written: readonly RuleSource[], { puts }: Pick<Seeding, 'puts'>): readonly RuleSource[] {
  const put = new Set(puts.map(({ path }) => path));
  return [...written.filter(({ path }) => !put.has(path)), ...puts];
}
